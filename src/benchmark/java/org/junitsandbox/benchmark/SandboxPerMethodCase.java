package org.junitsandbox.benchmark;

import org.junit.jupiter.api.RepeatedTest;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.Shell;

/** junit-sandbox: each test gets its own clean sandbox. */
@Sandbox(image = Images.DEBIAN)
class SandboxPerMethodCase {

    @RepeatedTest(ThreeCommands.TESTS)
    void runsThreeCommands(Shell shell) throws Exception {
        ThreeCommands.run(command -> shell.run(command).stdout());
    }
}
