package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.stream.OutgoingBytes;

/** Frames read by hand after RFC 6455, section 5. */
class WebSocketEncoderTests {

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] all(OutgoingBytes outgoing) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer next = outgoing.next(); next != null; next = outgoing.next()) {
            byte[] piece = new byte[next.remaining()];
            next.get(piece);
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    /** Reads one frame, checks its header and returns its payload without the mask. */
    private static byte[] payload(ByteBuffer frames, int firstByte) {
        assertThat(frames.get()).isEqualTo((byte) firstByte);
        int second = frames.get() & 0xff;
        assertThat(second & 0x80).as("the bit of a mask").isEqualTo(0x80);
        long length = second & 0x7f;
        if (length == 126) {
            length = frames.getShort() & 0xffff;
            assertThat(length).isGreaterThan(125);
        } else if (length == 127) {
            length = frames.getLong();
            assertThat(length).isGreaterThan(0xffff);
        }
        assertThat(length).isLessThanOrEqualTo(64 * 1024);
        byte[] mask = new byte[4];
        frames.get(mask);
        byte[] payload = new byte[(int) length];
        frames.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 124, 125, 126, 65_534, 65_535, 65_536, 200_000})
    void sendsMessagesOnAChannel(int length) throws IOException {
        byte[] bytes = random(length);
        ByteBuffer frames = ByteBuffer.wrap(all(WebSocketEncoder.messages(3, bytes)));

        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        while (frames.hasRemaining()) {
            byte[] payload = payload(frames, 0x82);
            assertThat(payload[0]).isEqualTo((byte) 3);
            sent.write(payload, 1, payload.length - 1);
        }
        assertThat(sent.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void sendsNothingOfNothing() throws IOException {
        assertThat(all(WebSocketEncoder.messages(0, new byte[0]))).isEmpty();
    }

    @Test
    void masksEachFrameAnew() throws IOException {
        byte[] bytes = new byte[100];

        byte[] first = all(WebSocketEncoder.messages(0, bytes));
        byte[] second = all(WebSocketEncoder.messages(0, bytes));

        assertThat(Arrays.copyOfRange(first, 2, 6)).isNotEqualTo(Arrays.copyOfRange(second, 2, 6));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    void sendsControlFrames(int length) throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(all(WebSocketEncoder.control(10, random(length))));

        assertThat(payload(frame, 0x8a)).isEqualTo(random(length));
        assertThat(frame.hasRemaining()).isFalse();
    }
}
