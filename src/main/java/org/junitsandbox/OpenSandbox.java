package org.junitsandbox;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.shell.Shell;

/** A sandbox that is open, and what is kept of it for people. */
final class OpenSandbox implements AutoCloseable {

    private final Shell shell;
    private final SandboxDeclaration declaration;
    private final ExtensionContext owner;
    private final Evidence evidence;

    private OpenSandbox(Shell shell, SandboxDeclaration declaration, ExtensionContext owner) {
        this.shell = shell;
        this.declaration = declaration;
        this.owner = owner;
        this.evidence = new Evidence(shell, declaration.name());
    }

    /**
     * Begins to keep what the declaration asks for.
     *
     * @param owner the context that the sandbox is closed with
     */
    static OpenSandbox of(Shell shell, SandboxDeclaration declaration, InjectionPoint point, ExtensionContext owner) {
        OpenSandbox sandbox = new OpenSandbox(shell, declaration, owner);
        if (declaration.transcript() == Sandbox.Keep.ALWAYS) {
            sandbox.evidence.follow(owner);
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

    /** Publishes what there is so far for one of several tests, which failed. */
    void testFailed(ExtensionContext test) {
        evidence.publish(
                test,
                declaration.transcript() != Sandbox.Keep.NEVER,
                declaration.keepFiles() != Sandbox.Keep.NEVER);
    }

    @Override
    public void close() {
        try (shell) {
            evidence.complete(
                    owner, isWanted(declaration.transcript()), isWanted(declaration.keepFiles()));
        }
    }

    private boolean isWanted(Sandbox.Keep keep) {
        return keep == Sandbox.Keep.ALWAYS || (keep == Sandbox.Keep.FAILED && Evidence.hasFailed(owner));
    }
}
