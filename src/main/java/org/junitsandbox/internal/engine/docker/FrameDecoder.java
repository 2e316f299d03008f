package org.junitsandbox.internal.engine.docker;

import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;

/**
 * Takes apart the multiplexed stream of an attached container: frames of an 8 byte header (the kind of stream, three
 * zeros, the payload's length as 32 bits, most significant first) and a payload. Frames may be cut anywhere. Not safe
 * for use by several threads.
 */
final class FrameDecoder {

    static final int HEADER_BYTES = 8;

    private static final int STDERR = 2;

    private final byte[] header = new byte[HEADER_BYTES];
    private int headerLength;
    private long payloadLeft;

    /** Hands the payloads in a piece of the stream to a sink. */
    void decode(byte[] bytes, int offset, int length, StreamSink sink) {
        int end = offset + length;
        int position = offset;
        while (position < end) {
            if (payloadLeft > 0) {
                int count = (int) Math.min(payloadLeft, end - position);
                StandardStream stream = header[0] == STDERR ? StandardStream.STDERR : StandardStream.STDOUT;
                sink.accept(stream, bytes, position, count);
                payloadLeft -= count;
                position += count;
            } else {
                header[headerLength++] = bytes[position++];
                if (headerLength == HEADER_BYTES) {
                    headerLength = 0;
                    payloadLeft = payloadLength();
                }
            }
        }
    }

    /** Whether the stream may end here. */
    boolean isBetweenFrames() {
        return headerLength == 0 && payloadLeft == 0;
    }

    private long payloadLength() {
        long length = 0;
        for (int i = 4; i < HEADER_BYTES; i++) {
            length = length << 8 | (header[i] & 0xff);
        }
        return length;
    }
}
