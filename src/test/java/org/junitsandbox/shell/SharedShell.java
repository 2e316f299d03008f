package org.junitsandbox.shell;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** One shell with low limits for all tests of a class. Each test finds no file, process or variable of another. */
abstract class SharedShell {

    static final SandboxSpec SPEC = ShellKind.DASH
            .spec()
            .limits(ResourceLimits.DEFAULT.output("64KiB").input("4MiB").memory("64MiB"));

    static Shell shell;

    @BeforeAll
    static void open() {
        shell = Shell.open(SPEC);
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @AfterEach
    void clearState() {
        shell.run("rm -rf /work/* /tmp/*; kill -9 -1; exit");
    }
}
