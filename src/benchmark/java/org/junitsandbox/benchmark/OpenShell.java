package org.junitsandbox.benchmark;

import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A shell of junit-sandbox with all defaults. */
@State(Scope.Benchmark)
public class OpenShell {

    Shell shell;

    @Setup
    public void open() {
        shell = Shell.open(SandboxSpec.of(Images.DEBIAN));
    }

    @TearDown
    public void close() {
        shell.close();
    }
}
