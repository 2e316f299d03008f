package org.junitsandbox.shell;

import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.spec.SandboxSpec;

/** Opens package-private members of this package's main classes to tests in other packages. */
public final class ShellAccess {

    private ShellAccess() {}

    /** Opens a shell on an engine other than the shared one. */
    public static Shell open(SandboxSpec spec, ContainerEngine engine) {
        return Shell.open(spec, engine);
    }

    /** Returns the engine that all shells of this JVM share. */
    public static ContainerEngine sharedEngine() {
        return Engines.shared();
    }

    /** Returns the configuration of a sandbox's container on the shared engine, where its image may be built first. */
    public static ContainerConfig config(SandboxSpec spec) {
        return SandboxConfig.forCommands(spec, SandboxImages.imageFor(sharedEngine(), spec));
    }
}
