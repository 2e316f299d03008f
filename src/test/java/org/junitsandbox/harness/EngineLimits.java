package org.junitsandbox.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Skips tests that rely on limits which the engine of the tests does not enforce or does not show to its containers.
 * Only a run that accepts such an engine skips anything: one with {@value SandboxSpec#LIMIT_CHECK_PROPERTY} set to
 * {@code warn}. The reason given is the limit's warning.
 */
public final class EngineLimits {

    /** The limits that stop attacks and that not every engine enforces. */
    public enum Limit {
        MEMORY("memory"),
        CPUS("CPUs"),
        PROCESSES("processes"),
        OPEN_FILES("open files"),
        CORE_DUMPS("size of core dumps");

        private final String name;

        Limit(String name) {
            this.name = name;
        }
    }

    private EngineLimits() {}

    /** The warnings about a sandbox with all defaults, which is opened once. */
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

    /** Skips a test where a limit of its sandbox is not known to hold. */
    public static void assumeThatItHolds(Limit limit, Shell shell) {
        assumeNoneAbout(limit.name, shell.limitWarnings());
    }

    /** Skips a test where one of some limits does not hold; each is named as its warning begins. */
    public static void assumeThatTheyHold(List<String> names) {
        names.forEach(name -> assumeNoneAbout(name.substring(0, name.indexOf(':')), Default.WARNINGS));
    }

    /** Skips a test where any limit does not hold. */
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
