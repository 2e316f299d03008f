package org.junitsandbox.internal.engine.kubernetes;

import static org.junitsandbox.internal.engine.kubernetes.WebSocketDecoder.BINARY;
import static org.junitsandbox.internal.engine.kubernetes.WebSocketDecoder.FIN;
import static org.junitsandbox.internal.engine.kubernetes.WebSocketDecoder.LENGTH_16;
import static org.junitsandbox.internal.engine.kubernetes.WebSocketDecoder.LENGTH_64;
import static org.junitsandbox.internal.engine.kubernetes.WebSocketDecoder.MASKED;
import static org.junitsandbox.internal.engine.kubernetes.WebSocketDecoder.MAX_CONTROL_BYTES;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.OutgoingBytes;

/**
 * Makes what a client sends on a WebSocket: RFC 6455, section 5. Its mask keeps caches on the way from mistaking
 * payloads for requests, and nothing secret: any random number will do.
 */
final class WebSocketEncoder {

    /** Servers refuse long messages. */
    static final int MAX_FRAME_BYTES = 64 * 1024;

    private static final int MAX_HEADER_BYTES = 14;

    private WebSocketEncoder() {}

    /** Returns bytes as binary messages, each of them with a byte in front that names its channel. */
    static OutgoingBytes messages(int channel, byte[] bytes) {
        return new OutgoingBytes() {
            private int position;

            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public @Nullable ByteBuffer next() {
                if (position == bytes.length) {
                    return null;
                }
                int count = Math.min(bytes.length - position, MAX_FRAME_BYTES - 1);
                ByteBuffer frame = start(BINARY, count + 1);
                frame.put((byte) channel).put(bytes, position, count);
                position += count;
                return mask(frame, count + 1);
            }
        };
    }

    /** Returns a control frame. */
    static OutgoingBytes control(int opcode, byte[] payload) {
        ByteBuffer frame = mask(start(opcode, payload.length).put(payload), payload.length);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return OutgoingBytes.of(bytes);
    }

    private static ByteBuffer start(int opcode, int length) {
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER_BYTES + length);
        frame.put((byte) (FIN | opcode));
        if (length <= MAX_CONTROL_BYTES) {
            frame.put((byte) (MASKED | length));
        } else if (length < 1 << 16) {
            frame.put((byte) (MASKED | LENGTH_16)).putShort((short) length);
        } else {
            frame.put((byte) (MASKED | LENGTH_64)).putLong(length);
        }
        return frame.putInt(ThreadLocalRandom.current().nextInt());
    }

    /** Masks the payload, the last {@code length} bytes, with the four bytes before it. */
    private static ByteBuffer mask(ByteBuffer frame, int length) {
        int start = frame.position() - length;
        int mask = frame.getInt(start - Integer.BYTES);
        int position = start;
        for (; position + Integer.BYTES <= frame.position(); position += Integer.BYTES) {
            frame.putInt(position, frame.getInt(position) ^ mask);
        }
        for (int shift = 24; position < frame.position(); position++, shift -= Byte.SIZE) {
            frame.put(position, (byte) (frame.get(position) ^ mask >>> shift));
        }
        return frame.flip();
    }
}
