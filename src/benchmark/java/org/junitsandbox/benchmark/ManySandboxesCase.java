package org.junitsandbox.benchmark;

import org.junit.jupiter.api.RepeatedTest;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.Shell;

/** As many tests as it takes for the start of the first sandbox not to matter; each gets its own clean sandbox. */
@Sandbox(image = Images.DEBIAN)
class ManySandboxesCase {

    static final int TESTS = 400;

    @RepeatedTest(TESTS)
    void runsThreeCommands(Shell shell) throws Exception {
        ThreeCommands.run(command -> shell.run(command).stdout());
    }
}
