package org.junitsandbox.internal.engine.kubernetes;

import java.io.IOException;
import java.time.Duration;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/**
 * Ends a container to which nobody attaches, as its JVM was killed: the shell waits for a byte on its stdin before it
 * does anything else, and the library sends that as soon as it is attached.
 */
final class AttachWait {

    /** Far longer than it takes to attach to a container that runs, however busy the machine is. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    /** An empty line: one byte for whatever reads it, and the shells' own {@code read} needs no program. */
    private static final byte[] FIRST_BYTE = {'\n'};

    private AttachWait() {}

    /**
     * Returns the part of a shell script that waits. It reads one byte, sets no variable, since that could be one of
     * the environment, and leaves no process behind.
     */
    static String script(Duration limit) {
        long seconds = limit.toSeconds();
        // Dash cannot bound its read, and has the status 2 then. Busybox's timeout, which would leave a process for a
        // second, does not know the option: without coreutils, dash waits for as long as the pod may live.
        return "(read -t " + seconds + " -r line) 2>/dev/null; case $? in 0) ;; 2) timeout --foreground " + seconds
                + " dd bs=1 count=1 of=/dev/null 2>/dev/null; case $? in 0) ;; 124) false ;; *) (read -r line) ;;"
                + " esac ;; *) false ;; esac || { echo 'sandbox: nobody has attached within " + seconds
                + " s' >&2; exit 70; }; ";
    }

    /**
     * Ends the wait of a container.
     *
     * @param pod its pod, for the message
     * @throws EngineException if the streams are broken; they are closed then
     */
    static void end(String pod, PodAttachment streams) throws EngineException {
        try {
            streams.send(FIRST_BYTE);
        } catch (IOException e) {
            try {
                streams.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new EngineException(
                    Fault.ENGINE,
                    "The streams of pod " + pod + " broke as soon as they were open: " + e.getMessage(),
                    e);
        }
    }
}
