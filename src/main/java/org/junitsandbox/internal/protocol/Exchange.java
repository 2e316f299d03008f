package org.junitsandbox.internal.protocol;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One command under way: what it has written and what is known of its end. */
final class Exchange {

    final long id;
    private final CapturedOutput stdout;
    private final CapturedOutput stderr;
    private final Request.@Nullable Listener listener;
    private @Nullable Throwable listenerFailure;

    private boolean stdoutEnded;
    private boolean stderrEnded;
    private boolean shellEnded;
    private OptionalInt status = OptionalInt.empty();
    private String directory = "";

    Exchange(long id, long outputLimit, Request.@Nullable Listener listener) {
        this.id = id;
        this.stdout = new CapturedOutput(outputLimit);
        this.stderr = new CapturedOutput(outputLimit);
        this.listener = listener;
    }

    void output(StreamName stream, byte[] bytes, int offset, int length) {
        if (stream == StreamName.STDOUT ? stdoutEnded : stderrEnded) {
            return;
        }
        (stream == StreamName.STDOUT ? stdout : stderr).append(bytes, offset, length);
        if (listener != null && listenerFailure == null) {
            try {
                listener.output(stream, bytes, offset, length);
            } catch (RuntimeException | Error e) {
                listenerFailure = e;
            }
        }
    }

    /** The worker said on stdout that the command ended. */
    void commandEnded(int exitStatus) {
        stdoutEnded = true;
        status = OptionalInt.of(exitStatus);
    }

    /** The worker said on stderr that the command ended, and in which directory. It says so on stdout first. */
    void commandEndedIn(String endDirectory) {
        stderrEnded = true;
        shellEnded = false;
        directory = endDirectory;
    }

    /** The worker itself ended, maybe after it had said on stdout, but not on stderr, that the command ended. */
    void shellEnded(OptionalInt exitStatus) {
        if (!stdoutEnded) {
            stdoutEnded = true;
            status = exitStatus;
        }
        shellEnded = !stderrEnded;
    }

    /** The shell that ended was one before the command's own. */
    void restart() {
        if (shellEnded) {
            stdoutEnded = false;
            shellEnded = false;
            status = OptionalInt.empty();
        }
    }

    /** Whether both streams are known to hold no more of the command's output. */
    boolean hasEnded() {
        return stdoutEnded && stderrEnded;
    }

    boolean hasShellEnded() {
        return shellEnded;
    }

    OptionalInt status() {
        return status;
    }

    String directory() {
        return directory;
    }

    Captured stdout() {
        return stdout.toCaptured();
    }

    Captured stderr() {
        return stderr.toCaptured();
    }

    /** Throws what the listener threw, if it did. */
    void throwListenerFailure() {
        if (listenerFailure instanceof Error error) {
            throw error;
        }
        if (listenerFailure instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
