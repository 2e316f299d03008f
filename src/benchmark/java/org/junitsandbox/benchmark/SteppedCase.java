package org.junitsandbox.benchmark;

import org.junit.jupiter.api.RepeatedTest;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.Shell;

/** The tests that {@link ResetBenchmark} steps through. */
@Sandbox(image = Images.DEBIAN)
class SteppedCase {

    /** One more than there are steps, as a step leads from one test to the next. */
    static final int TESTS = ResetBenchmark.WARM_UPS + ResetBenchmark.SAMPLES + 1;

    @RepeatedTest(TESTS)
    void handsOverItsShell(Shell shell) throws InterruptedException {
        shell.run(ResetBenchmark.FIRST_COMMAND);
        TestStepper.INSTANCE.handOver(shell);
    }
}
