package org.junitsandbox.internal.engine.kubernetes;

import java.util.concurrent.TimeUnit;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** The time before a cluster is asked once more: to be told by it, a Role would need one right more, to watch. */
final class Pause {

    /** How long an API server that gets too many requests asks to be left alone. */
    static final long RELIEF_MILLIS = 1000;

    private Pause() {}

    /**
     * Waits.
     *
     * @param duty for what, as the end of a message: "waiting for a pod to run"
     * @throws EngineException if the thread is interrupted, which stays set
     */
    static void of(long millis, String duty) throws EngineException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Fault.INTERRUPTED, "Interrupted while " + duty, e);
        }
    }
}
