package org.junitsandbox.internal.protocol;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;

/** The reply to the running command as it builds up: the output so far, and what is known of the end. */
final class PendingReply {

    private final long id;

    /** Whether the command runs beside the worker, so that the worker's end is not its end. */
    private final boolean ofLibrary;

    private final OutputBuffer stdout;
    private final OutputBuffer stderr;
    private final @Nullable StreamSink listener;
    private @Nullable Throwable listenerFailure;

    /** Whether the command was about to be run. What came on stdout before is not its output. */
    private boolean begun;

    /** Whether all has come that was on stderr before the command. It is not its output. */
    private boolean begunOnStderr;

    private OptionalLong worker = OptionalLong.empty();

    /** Whether the worker has reported on this stream that the command ended. */
    private boolean endedOnStdout;

    private boolean endedOnStderr;

    /** Whether a worker has ended, as far as is known that of this command. */
    private boolean shellEnded;

    private OptionalInt status = OptionalInt.empty();
    private String directory = "";

    private PendingReply(long id, boolean ofLibrary, long outputLimit, @Nullable StreamSink listener) {
        this.id = id;
        this.ofLibrary = ofLibrary;
        this.stdout = new OutputBuffer(outputLimit);
        this.stderr = new OutputBuffer(outputLimit);
        this.listener = listener;
    }

    PendingReply(long id, CommandRequest request) {
        this(id, request.isOfLibrary(), request.outputLimit(), request.listener());
    }

    /** Creates what takes all that comes while a container starts. */
    static PendingReply ofStart() {
        PendingReply reply = new PendingReply(0, false, Integer.MAX_VALUE, null);
        reply.begun = true;
        reply.begunOnStderr = true;
        return reply;
    }

    long id() {
        return id;
    }

    /** Takes output that is the command's. Returns false for what came before or after the command. */
    boolean take(StandardStream stream, byte[] bytes, int offset, int length) {
        if (stream == StandardStream.STDOUT
                ? !begun || endedOnStdout || shellEnded
                : !begunOnStderr || endedOnStderr) {
            return false;
        }
        (stream == StandardStream.STDOUT ? stdout : stderr).append(bytes, offset, length);
        if (listener != null && listenerFailure == null) {
            try {
                listener.accept(stream, bytes, offset, length);
            } catch (RuntimeException | Error e) {
                listenerFailure = e;
            }
        }
        return true;
    }

    void commandBegan(long workerId) {
        begun = true;
        if (!ofLibrary) {
            worker = OptionalLong.of(workerId);
        }
    }

    void stderrBegan() {
        begunOnStderr = true;
    }

    /** The worker reported on stdout that the command ended. If it does so again, that changes nothing. */
    void commandEnded(int exitStatus) {
        if (!endedOnStdout) {
            endedOnStdout = true;
            status = OptionalInt.of(exitStatus);
        }
    }

    /**
     * The worker reported on stderr that the command ended, and in which directory. It did so on stdout first: if that
     * has not come yet, the end of a worker that has come was that of an earlier one.
     */
    void commandEndedIn(String endDirectory) {
        endedOnStderr = true;
        directory = endDirectory;
        shellRenewed();
    }

    /**
     * A worker ended, maybe after it had reported on stdout, but not on stderr, that the command ended. The first
     * report of its end counts.
     */
    void shellEnded(OptionalInt exitStatus) {
        if (endedOnStderr || ofLibrary) {
            return;
        }
        if (!endedOnStdout && !shellEnded) {
            status = exitStatus;
        }
        shellEnded = true;
    }

    /** The shell that ended, if one did, was not the command's own. */
    void shellRenewed() {
        shellEnded = false;
        if (!endedOnStdout) {
            status = OptionalInt.empty();
        }
    }

    /** Whether both streams are known to hold no more of the command's output. */
    boolean hasEnded() {
        return endedOnStdout && endedOnStderr;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Returns the process id of the worker, as far as it is known. */
    OptionalLong worker() {
        return worker;
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

    /** Whether the command has written more to a stream than is kept. */
    boolean isTruncated() {
        return stdout.isTruncated() || stderr.isTruncated();
    }

    CapturedOutput stdout() {
        return stdout.toCaptured();
    }

    CapturedOutput stderr() {
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
