package org.junitsandbox.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Whether the engine of the tests limits what its containers take, and lets them see it. Where a run takes any engine,
 * with {@code sandbox.limitCheck=warn}, what needs limits that this one does not have is skipped, by the warning; otherwise
 * nothing is.
 */
public final class EngineLimits {

    /** Those that attacks are held by, and that not every engine has. */
    public enum Limit {
        MEMORY("memory"),
        PROCESSES("processes"),
        OPEN_FILES("open files"),
        CORE_DUMPS("size of core dumps");

        private final String name;

        Limit(String name) {
            this.name = name;
        }
    }

    private EngineLimits() {}

    /** Opened once: what is wrong with a sandbox that has all defaults, where that is accepted. */
    private static final class Default {
        static final List<String> WARNINGS = warnings();

        private static List<String> warnings() {
            if (!"warn".equals(System.getProperty(SandboxSpec.LIMIT_CHECK_PROPERTY))) {
                return List.of();
            }
            try (Shell shell = Shell.open(SandboxSpec.of("busybox:latest"))) {
                return shell.limitWarnings();
            }
        }
    }

    /** Has a test skipped where a limit of its sandbox is not known to hold: its command relies on that. */
    public static void assumeThatItHolds(Limit limit, Shell shell) {
        assumeNoneAbout(limit.name, shell.limitWarnings());
    }

    /** Has a test skipped where one of some limits does not hold, each named as at the beginning of its warning. */
    public static void assumeThatTheyHold(List<String> names) {
        names.forEach(name -> assumeNoneAbout(name.substring(0, name.indexOf(':')), Default.WARNINGS));
    }

    /** Has a test skipped where any limit does not hold. */
    public static void assumeThatAllHold() {
        assumeTrue(Default.WARNINGS.isEmpty(), () -> String.join("; ", Default.WARNINGS));
    }

    private static void assumeNoneAbout(String name, List<String> warnings) {
        warnings.stream()
                .filter(warning -> warning.startsWith(name + ":"))
                .findFirst()
                .ifPresent(Assumptions::abort);
    }
}
