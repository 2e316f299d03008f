package org.junitsandbox.shell;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Locale;

/** Whether the engine of the tests limits what its containers take, and lets them see it. */
final class EngineLimits {

    /** Those that not every engine has. */
    enum Limit {
        MEMORY,
        PROCESSES
    }

    private EngineLimits() {}

    /** Has a test skipped, by the warning of its sandbox, where a limit is not known to hold: its command relies on that. */
    static void assumeThatItHolds(Limit limit, Shell shell) {
        String name = limit.name().toLowerCase(Locale.ROOT) + ": ";
        shell.limitWarnings().stream().filter(warning -> warning.startsWith(name)).forEach(warning -> assumeTrue(false, warning));
    }
}
