package org.junitsandbox.shell;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;

/**
 * Passes the output of one command on, to be recorded and to the command's listener. What the listener throws ends its
 * calls, and is thrown after the command's end; the rest of the output is recorded nevertheless.
 */
final class RecordedListener implements StreamSink {

    private final StreamSink record;
    private final @Nullable OutputListener listener;
    private @Nullable Throwable failure;

    RecordedListener(StreamSink record, @Nullable OutputListener listener) {
        this.record = record;
        this.listener = listener;
    }

    @Override
    public void accept(StandardStream stream, byte[] bytes, int offset, int length) {
        record.accept(stream, bytes, offset, length);
        if (listener == null || failure != null) {
            return;
        }
        try {
            listener.output(
                    org.junitsandbox.shell.StandardStream.valueOf(stream.name()),
                    Arrays.copyOfRange(bytes, offset, offset + length));
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /**
     * Passes what has come of lines that did not end, after the command's end.
     *
     * @throws RuntimeException what the listener has thrown
     */
    void finish() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (listener instanceof LineListener lines) {
            lines.finish();
        }
    }
}
