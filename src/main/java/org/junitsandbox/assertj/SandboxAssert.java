package org.junitsandbox.assertj;

import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.error.AssertionErrorCreator;
import org.assertj.core.error.ShouldNotBeNull;
import org.assertj.core.presentation.Representation;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Printable;

/**
 * What the assertions of this package share. None of their methods may be final, and each class needs a public
 * constructor with one parameter: AssertJ makes soft assertions by subclassing them.
 */
abstract class SandboxAssert<S extends SandboxAssert<S, A>, A> extends AbstractAssert<S, A> {

    /** Collects failures; null if the first one is thrown. */
    @Nullable SoftAssertionsProvider softly;

    SandboxAssert(@Nullable A actual, Class<S> type) {
        super(actual, type);
        info.useRepresentation(PrintableRepresentation.of(info.representation(), this::secrets));
    }

    /** The secrets of the sandbox, which no message shows. */
    Secrets secrets() {
        return Secrets.NONE;
    }

    S verify(Check check, Supplier<String> report) {
        if (check.found() != null) {
            AssertionError failure = assertionError(new FailureMessage(check, report.get(), secrets()));
            Check.Diff diff = check.diff();
            throw diff == null ? failure : withDiff(failure, diff);
        }
        return myself;
    }

    /** AssertJ's own method for this would read the message as a format: it turns "%n" into a line feed. */
    private AssertionError withDiff(AssertionError failure, Check.Diff diff) {
        AssertionError failureWithDiff = new AssertionErrorCreator()
                .assertionError(
                        failure.getMessage(),
                        Printable.lines(diff.found()),
                        Printable.lines(diff.expected()),
                        info.representation());
        failureWithDiff.setStackTrace(failure.getStackTrace());
        return failureWithDiff;
    }

    /**
     * Checks what must hold before assertions can continue on a part of the actual value. After a soft failure they
     * continue all the same.
     *
     * @return whether it holds
     */
    boolean beforeNavigation(Runnable assertions) {
        try {
            assertions.run();
            return true;
        } catch (AssertionError failure) {
            if (softly == null) {
                throw failure;
            }
            softly.collectAssertionError(failure);
            return false;
        }
    }

    /**
     * Checks that there is a value. Not by {@code isNotNull()}, which AssertJ makes soft: it would report the place
     * where it was called as that of the failure, and return before a navigation.
     */
    void requireActual() {
        if (actual == null) {
            throwAssertionError(ShouldNotBeNull.shouldNotBeNull());
        }
    }

    /** Continues with assertions on a part; without this, AssertJ would leave soft assertions here. */
    <N extends AbstractAssert<N, V>, V> N navigate(
            Class<N> assertType, Class<V> valueType, Function<@Nullable V, N> hard, @Nullable V value) {
        N next = softly == null ? hard.apply(value) : softly.proxy(assertType, valueType, value);
        if (next instanceof SandboxAssert<?, ?> ours) {
            ours.softly = softly;
        }
        return withState(next);
    }

    /**
     * Sets how values are written in messages. What comes from a sandbox is escaped there in any case.
     *
     * @param representation writes values
     * @return this assertion
     */
    @Override
    @CheckReturnValue
    public S withRepresentation(Representation representation) {
        return super.withRepresentation(PrintableRepresentation.of(representation, this::secrets));
    }

    /** Gives another assertion the description and the representation of this one. */
    <N extends AbstractAssert<N, ?>> N withState(N next) {
        if (info.hasDescription()) {
            next.as(info.description());
        }
        return next.withRepresentation(info.representation());
    }
}
