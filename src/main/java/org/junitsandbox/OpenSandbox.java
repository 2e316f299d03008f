package org.junitsandbox;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.shell.Shell;

/** A sandbox that is open, and what is kept of it for people. */
final class OpenSandbox implements AutoCloseable {

    private final Shell shell;
    private final Sandbox.Keep keep;
    private final ExtensionContext owner;
    private final Evidence evidence;

    private OpenSandbox(Shell shell, Sandbox.Keep keep, ExtensionContext owner, Evidence evidence) {
        this.shell = shell;
        this.keep = keep;
        this.owner = owner;
        this.evidence = evidence;
    }

    /**
     * Begins to keep what the declaration asks for.
     *
     * @param owner the context that the sandbox is closed with
     */
    static OpenSandbox of(Shell shell, SandboxDeclaration declaration, InjectionPoint point, ExtensionContext owner) {
        Evidence evidence = new Evidence(shell, declaration.name());
        OpenSandbox sandbox = new OpenSandbox(shell, declaration.transcript(), owner, evidence);
        if (sandbox.keep == Sandbox.Keep.ALWAYS) {
            evidence.follow(owner);
        }
        if (owner.getTestMethod().isEmpty()) {
            SharedSandboxes.of(owner).add(sandbox);
            if (point.context().getTestMethod().isPresent()) {
                sandbox.testBegins(point.context());
            }
        }
        return sandbox;
    }

    Shell shell() {
        return shell;
    }

    /** Notes that one of several tests begins. */
    void testBegins(ExtensionContext test) {
        shell.note("test " + Evidence.name(test));
    }

    /** Publishes the transcript so far for one of several tests, which failed. */
    void testFailed(ExtensionContext test) {
        if (keep != Sandbox.Keep.NEVER) {
            evidence.publish(test);
        }
    }

    @Override
    public void close() {
        try (shell) {
            if (keep == Sandbox.Keep.ALWAYS) {
                evidence.complete(owner);
            } else if (keep == Sandbox.Keep.FAILED && Evidence.hasFailed(owner)) {
                evidence.publish(owner);
            }
        }
    }
}
