package org.junitsandbox.assertj;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * AssertJ's soft assertions, and those on sandboxes with them: failures are collected and told together by {@link
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
 * <p>It can also be injected by AssertJ's {@code SoftAssertionsExtension}. What is thrown because a sandbox cannot be
 * asked, a {@link org.junitsandbox.shell.SandboxException}, is no failed assertion and is not collected.
 *
 * @since 0.1
 */
public class SandboxSoftAssertions extends AbstractSoftAssertions
        implements SandboxSoftAssertionsProvider, StandardSoftAssertionsProvider {

    /**
     * Runs assertions and tells their failures together.
     *
     * @throws AssertionError if at least one failed
     */
    public static void assertSoftly(Consumer<SandboxSoftAssertions> assertions) {
        SoftAssertionsProvider.assertSoftly(SandboxSoftAssertions.class, assertions);
    }
}
