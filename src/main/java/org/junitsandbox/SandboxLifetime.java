package org.junitsandbox;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** One sandbox from its first use to the end of its scope, when JUnit closes it. Safe for use by several threads. */
final class SandboxLifetime implements AutoCloseable {

    private final SandboxDeclaration declaration;
    private final String place;
    private final SandboxSpec spec;
    private @Nullable OpenSandbox sandbox;
    private boolean closed;

    /**
     * Makes a lifetime that has not begun.
     *
     * @param place what requested the sandbox first, for messages
     * @param spec the spec of {@code declaration}
     */
    SandboxLifetime(SandboxDeclaration declaration, String place, SandboxSpec spec) {
        this.declaration = declaration;
        this.place = place;
        this.spec = spec;
    }

    /**
     * Checks that another declaration of this sandbox has the same spec and files.
     *
     * @throws ExtensionConfigurationException if it does not
     */
    void check(SandboxDeclaration otherDeclaration, String otherPlace, SandboxSpec otherSpec) {
        if (!spec.equals(otherSpec) || !declaration.files().equals(otherDeclaration.files())) {
            String name = declaration.name();
            throw new ExtensionConfigurationException("Two configurations for the sandbox "
                    + (name.isEmpty() ? "without a name" : "\"" + name + "\"") + ", one of " + place + " and one of "
                    + otherPlace + ". Configure both alike, or give one another name. They differ in:"
                    + declaration.differences(otherDeclaration));
        }
    }

    /** Returns the shell. The first call opens it; meanwhile, only callers that request the same sandbox wait. */
    synchronized Shell shell(Supplier<OpenSandbox> opener) {
        if (closed) {
            throw new IllegalStateException("The sandbox of " + place + " has ended with its scope");
        }
        if (sandbox == null) {
            sandbox = opener.get();
        }
        return sandbox.shell();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
