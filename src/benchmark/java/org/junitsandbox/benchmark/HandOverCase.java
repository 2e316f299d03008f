package org.junitsandbox.benchmark;

import org.junit.jupiter.api.RepeatedTest;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.Shell;

/** Tests that the benchmark steps through. */
@Sandbox(image = Images.DEBIAN)
class HandOverCase {

    /** A step leads from one test to the next, so there is one test more than steps. */
    static final int TESTS = ResetBenchmark.WARM_UPS + ResetBenchmark.SAMPLES + 1;

    @RepeatedTest(TESTS)
    void test(Shell shell) throws InterruptedException {
        shell.run(ResetBenchmark.FIRST_COMMAND);
        HandOver.INSTANCE.meet(shell);
    }
}
