package org.junitsandbox;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.internal.pool.Borrower;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Opens sandboxes that a test describes in code: whose image is an argument of a parameterized test, for example. It is
 * a parameter of a test method, a constructor or a lifecycle method, where {@link Sandbox} is on it, its method or its
 * class.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @ValueSource(strings = {"debian:bookworm-slim", "busybox"})
 * void sorts(String image, @Sandbox Sandboxes sandboxes) {
 *     Shell shell = sandboxes.open(SandboxSpec.of(image));
 *     ...
 * }
 * }</pre>
 *
 * <p>The shells are closed when the test method ends, or the class where no test method is running. Safe for use by
 * several threads.
 *
 * @since 0.1
 */
public final class Sandboxes {

    private final InjectionPoint point;

    Sandboxes(InjectionPoint point) {
        this.point = point;
    }

    /**
     * Returns what annotations and configuration parameters set here, to be changed and given to {@link #open}.
     *
     * @return the spec that a {@link Shell} in this place would have
     * @throws ExtensionConfigurationException if there is no image, or a value is not valid
     */
    public SandboxSpec spec() {
        return point.declaration().spec(point.place());
    }

    /**
     * Opens a sandbox, from the same pool as those of annotations. Each call opens one more.
     *
     * @param spec what the sandbox is
     * @return an open shell, which JUnit closes; it may be closed before
     * @throws org.junitsandbox.shell.SandboxException if it cannot be opened; see {@link Shell#open}
     */
    public Shell open(SandboxSpec spec) {
        ParameterNames.check(point.context());
        String owner = point.context().getUniqueId();
        Shell shell = Borrower.inScope(point.place(), owner, owner)
                .call(() -> TestRunPool.of(point.context()).open(spec));
        SandboxDeclaration declaration = point.declaration();
        ContextStore.getOrMake(
                point.context(),
                OpenSandbox.class,
                shell,
                () -> new OpenSandbox(shell, declaration, point.context())
                        .begin(point.context(), () -> ClassReport.publish(point, shell)));
        return shell;
    }
}
