package org.junitsandbox.internal.engine;

import java.time.Duration;
import org.junitsandbox.internal.engine.EngineException.Fault;

/**
 * The starts of containers that are under way in this JVM. Its end waits for them, as long as that is short: a
 * container that was started ends by itself, one that was only created would stay. Starts that can take long must ask
 * for the end, and give up.
 */
public final class PendingStarts {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static int count;

    private static boolean ending;

    private static boolean hooked;

    private PendingStarts() {}

    /** The start of one container. */
    @FunctionalInterface
    public interface Start {
        AttachedContainer run() throws EngineException;
    }

    /** Starts a container, unless this JVM is about to end. */
    public static AttachedContainer run(Start start) throws EngineException {
        begin();
        try {
            return start.run();
        } finally {
            end();
        }
    }

    private static synchronized void begin() throws EngineException {
        if (!ending && !hooked) {
            try {
                Runtime.getRuntime().addShutdownHook(new Thread(PendingStarts::await, "sandbox-shutdown"));
                hooked = true;
            } catch (IllegalStateException e) {
                ending = true;
            }
        }
        if (ending) {
            throw refused();
        }
        count++;
    }

    /**
     * Called again and again by a start that waits.
     *
     * @throws EngineException if this JVM is about to end: the start must remove its container
     */
    public static synchronized void check() throws EngineException {
        if (ending) {
            throw refused();
        }
    }

    private static EngineException refused() {
        return new EngineException(Fault.ENGINE, "No container is started any more: this JVM is about to end", null);
    }

    private static synchronized void end() {
        count--;
        PendingStarts.class.notifyAll();
    }

    private static synchronized void await() {
        ending = true;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (long left = PATIENCE.toMillis();
                    count > 0 && left > 0;
                    left = (deadline - System.nanoTime()) / 1_000_000) {
                PendingStarts.class.wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
