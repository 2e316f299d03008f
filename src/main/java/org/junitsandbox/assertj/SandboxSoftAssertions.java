package org.junitsandbox.assertj;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * AssertJ's soft assertions together with those on sandboxes: failures are collected and reported together by {@link
 * #assertAll()}.
 *
 * <pre>{@code
 * SandboxSoftAssertions.assertSoftly(softly -> {
 *     softly.assertThat(result).succeeded().hasNoStderr();
 *     softly.assertThat(result).stdout().startsWith("usage");
 *     softly.assertThat(shell).file("report.txt").hasMode("0644");
 * });
 * }</pre>
 *
 * <p>AssertJ's {@code SoftAssertionsExtension} can inject it. A {@link org.junitsandbox.shell.SandboxException}, thrown
 * if a sandbox cannot be used, is not a failed assertion and is not collected.
 *
 * <p>Not safe for use by several threads, as AssertJ's soft assertions are not.
 *
 * @since 0.1
 */
public class SandboxSoftAssertions extends AbstractSoftAssertions
        implements SandboxSoftAssertionsProvider, StandardSoftAssertionsProvider {

    /**
     * Runs assertions and reports their failures together.
     *
     * @param assertions makes assertions with the soft assertions that it is given
     * @throws AssertionError if at least one failed
     */
    public static void assertSoftly(Consumer<SandboxSoftAssertions> assertions) {
        SoftAssertionsProvider.assertSoftly(SandboxSoftAssertions.class, assertions);
    }
}
