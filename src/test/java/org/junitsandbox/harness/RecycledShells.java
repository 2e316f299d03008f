package org.junitsandbox.harness;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;

/** One shell of each kind, in containers that were used and cleaned a number of times. */
public final class RecycledShells implements AutoCloseable {

    private static final String USE = "cd /tmp; x=old; umask 0; echo old >/work/f; sleep 1000 & kill -0 $!; (exit 7)";

    private final SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0));
    private final Map<ShellKind, Shell> shells = new EnumMap<>(ShellKind.class);

    /**
     * Opens the shells. Skips the test where no container can be proven clean.
     *
     * @param times how often each container is cleaned before; 0 for a new one
     */
    public RecycledShells(int times) {
        if (times > 0) {
            Recycling.assumeThatItHappens();
        }
        for (ShellKind kind : ShellKind.values()) {
            shells.put(kind, open(kind, times));
        }
    }

    public Shell of(ShellKind kind) {
        return Objects.requireNonNull(shells.get(kind));
    }

    private Shell open(ShellKind kind, int times) {
        // On a busy machine a new container may come before one that was cleaned.
        Map<String, Integer> uses = new HashMap<>();
        for (int attempt = 0; attempt <= 3 * times; attempt++) {
            Shell shell = pool.open(kind.spec());
            String container = Recycling.container(shell);
            if (uses.getOrDefault(container, 0) == times) {
                return shell;
            }
            shell.run(USE);
            shell.close();
            uses.merge(container, 1, Integer::sum);
        }
        throw new AssertionError("No container was cleaned " + times + " times. Uses of each: " + uses);
    }

    @Override
    public void close() {
        shells.values().forEach(Shell::close);
        pool.close();
    }
}
