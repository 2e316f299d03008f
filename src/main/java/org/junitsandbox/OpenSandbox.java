package org.junitsandbox;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.evidence.ConsoleView;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.Subscription;

/** A sandbox that is open, and what is kept of it for people. */
final class OpenSandbox implements AutoCloseable {

    private final Shell shell;
    private final SandboxDeclaration declaration;
    private final ExtensionContext owner;
    private final Evidence evidence;
    private Subscription console = () -> {};

    /**
     * Makes a sandbox of which nothing is kept yet.
     *
     * @param owner the context that the sandbox is closed with
     */
    OpenSandbox(Shell shell, SandboxDeclaration declaration, ExtensionContext owner) {
        this.shell = shell;
        this.declaration = declaration;
        this.owner = owner;
        this.evidence = new Evidence(shell, declaration.name(), declaration.keepFilesMax());
    }

    /**
     * Begins to keep what the declaration asks for, and finishes the set-up. A sandbox whose set-up fails is published
     * at once, closed and forgotten.
     *
     * @param context the test or the class that the sandbox is set up in
     */
    OpenSandbox begin(ExtensionContext context, Runnable setUp) {
        try {
            keep(context);
            setUp.run();
            return this;
        } catch (RuntimeException | Error e) {
            setUpFailed(context, e);
            throw e;
        }
    }

    private void keep(ExtensionContext context) {
        if (declaration.console()) {
            console = ConsoleView.open(shell, evidence.numberedTitle(owner), System.err);
        }
        if (declaration.transcript() == Sandbox.Keep.ALWAYS) {
            evidence.follow(owner);
        }
        if (owner.getTestMethod().isEmpty()) {
            SharedSandboxes.of(owner).add(this);
            if (context.getTestMethod().isPresent()) {
                testBegins(context);
            }
        }
    }

    @SuppressWarnings("try") // It works by being open.
    private void setUpFailed(ExtensionContext context, Throwable failure) {
        SharedSandboxes.of(owner).remove(this);
        try (Subscription view = console; shell) {
            evidence.completeAfterFailedSetUp(
                    context,
                    declaration.transcript() != Sandbox.Keep.NEVER,
                    declaration.keepFiles() != Sandbox.Keep.NEVER);
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
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
    @SuppressWarnings("try") // It works by being open.
    public void close() {
        try (Subscription view = console; shell) {
            evidence.complete(
                    owner, isWanted(declaration.transcript()), isWanted(declaration.keepFiles()));
        }
    }

    private boolean isWanted(Sandbox.Keep keep) {
        return keep == Sandbox.Keep.ALWAYS || (keep == Sandbox.Keep.FAILED && Evidence.hasFailed(owner));
    }
}
