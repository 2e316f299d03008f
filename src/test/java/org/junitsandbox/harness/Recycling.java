package org.junitsandbox.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Whether containers of the tests' engine can be proven clean. Those of Podman cannot: it mounts places of its own that
 * commands can write to, {@code /run} for one.
 */
public final class Recycling {

    private static final SandboxSpec SPEC = SandboxSpec.of("debian:bookworm-slim");

    private Recycling() {}

    /** Returns the id of a sandbox's container, which is its host name. */
    public static String container(Shell shell) {
        return shell.run("cat /proc/sys/kernel/hostname").stdout();
    }

    /** Skips the test where no container can be proven clean: nothing is recycled there. */
    public static void assumeThatItHappens() {
        assumeTrue(happens(), "no container of this engine can be proven clean");
    }

    /** Returns whether the engine's containers are given out again; the first call finds out. */
    public static boolean happens() {
        return Found.HAPPENS;
    }

    private static final class Found {

        static final boolean HAPPENS = find();

        private static boolean find() {
            try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0))) {
                String first = container(pool);
                String second = container(pool);
                // On a busy machine, a new container may come before the one that was cleaned.
                return first.equals(second) || first.equals(container(pool));
            }
        }

        private static String container(SandboxPool pool) {
            try (Shell shell = pool.open(SPEC)) {
                return Recycling.container(shell);
            }
        }
    }
}
