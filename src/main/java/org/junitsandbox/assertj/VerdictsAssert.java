package org.junitsandbox.assertj;

import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.verdicts.Verdicts;

/**
 * Assertions on what a command did with many inputs.
 *
 * <p>Not safe for use by several threads, as AssertJ's assertions are not.
 *
 * @since 0.1
 */
public class VerdictsAssert extends SandboxAssert<VerdictsAssert, Verdicts> {

    /** Of more inputs with violations, how many there are is shown. */
    private static final int MAX_SHOWN = 100;

    /**
     * For {@link SandboxAssertions#assertThat(Verdicts)} and for AssertJ's soft assertions.
     *
     * @param actual the verdicts; every assertion on null fails
     */
    public VerdictsAssert(@Nullable Verdicts actual) {
        super(actual, VerdictsAssert.class);
    }

    /**
     * Asserts that no input violated a rule.
     *
     * @return this assertion
     * @throws AssertionError if one did, with the table of the first 100 that did, or if there are no inputs: nothing
     *     is shown then
     */
    public VerdictsAssert hasNoViolations() {
        requireActual();
        int inputs = actual.all().size();
        Verdicts violations = actual.violations();
        String expectation = "each of at least one input to violate no rule";
        if (inputs == 0) {
            return verify(new Check(expectation, "but there was none", null), () -> "No input was tried");
        }
        int count = violations.all().size();
        Check check = Check.of(
                count == 0, expectation, "but " + count + " of " + Excerpt.count(inputs, "input") + " did");
        return verify(check, () -> violations.first(MAX_SHOWN)
                + (count > MAX_SHOWN ? "\nand " + (count - MAX_SHOWN) + " more" : ""));
    }
}
