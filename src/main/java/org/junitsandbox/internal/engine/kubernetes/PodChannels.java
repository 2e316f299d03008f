package org.junitsandbox.internal.engine.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;

/** The channels of an attached pod: the first byte of each message names the one that the rest belongs to. */
final class PodChannels {

    static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int STATUS = 3;

    private static final int MAX_STATUS_BYTES = 64 * 1024;

    private int channel;
    private final ByteArrayOutputStream statusText = new ByteArrayOutputStream();
    private @Nullable String status;

    /** Takes a piece of a message. */
    void data(byte[] bytes, int offset, int length, boolean first, StreamSink sink) throws IOException {
        int start = offset;
        if (first) {
            channel = bytes[offset];
            start++;
        }
        int count = offset + length - start;
        switch (channel) {
            case STDOUT, STDERR -> {
                if (count > 0) {
                    sink.accept(channel == STDERR ? StandardStream.STDERR : StandardStream.STDOUT, bytes, start, count);
                }
            }
            case STATUS -> {
                if (statusText.size() + count > MAX_STATUS_BYTES) {
                    throw new IOException("the status of the streams has more than " + MAX_STATUS_BYTES + " bytes");
                }
                statusText.write(bytes, start, count);
            }
            default -> throw new IOException("a message on channel " + channel + ", where 1 to 3 were agreed on");
        }
    }

    void messageEnd() {
        if (channel == STATUS) {
            status = statusText.toString(StandardCharsets.UTF_8).strip();
        }
    }

    /** Whether the cluster has reported that the streams ended. */
    boolean hasEnded() {
        return status != null && !status.isEmpty();
    }

    /**
     * Checks how the streams ended.
     *
     * @throws IOException with the cluster's message, unless the container ended by itself
     */
    void checkEnd() throws IOException {
        String message = status == null ? "" : RefusedException.messageOf(status);
        if (!message.isEmpty()) {
            throw new IOException("the cluster ended the streams: " + message);
        }
    }
}
