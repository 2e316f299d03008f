package org.junitsandbox.shell;

import org.opentest4j.TestAbortedException;

/** Whether the engine of the tests can limit what its containers take. */
final class EngineLimits {

    private EngineLimits() {}

    /** Has a test skipped where memory and processes may not be limited: its command might take the machine down. */
    static void assumeThatTheyHold() {
        if ("warn".equals(System.getProperty("sandbox.limits"))) {
            throw new TestAbortedException("Needs limits of memory and processes that hold and show inside. This engine does not give"
                    + " them: sandbox.limits=warn");
        }
    }
}
