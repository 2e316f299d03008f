package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.stream.StandardStream;

class FrameDecoderTests {

    private static final int STDOUT = 1;

    private static final int STDERR = 2;

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private int frames;
    private final FrameDecoder decoder = new FrameDecoder();

    private static byte[] frame(int kind, byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .put((byte) kind)
                .put(new byte[3])
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    private static byte[] frame(int kind, String payload) {
        return frame(kind, payload.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private void decode(byte[] bytes) {
        // Not at the array's borders, so that offset and length count.
        byte[] embedded = concat(new byte[] {STDERR}, bytes, new byte[] {STDERR});
        decoder.decode(embedded, 1, bytes.length, (stream, payload, offset, length) -> {
            frames++;
            (stream == StandardStream.STDERR ? stderr : stdout).write(payload, offset, length);
        });
    }

    private static byte[] twoFrames() {
        return concat(frame(STDOUT, "out"), frame(STDERR, "error"));
    }

    @Test
    void readsFramesThatAreCutAnywhere() {
        byte[] stream = twoFrames();
        for (int cut = 0; cut <= stream.length; cut++) {
            stdout.reset();
            stderr.reset();

            decode(Arrays.copyOfRange(stream, 0, cut));
            boolean between = decoder.isBetweenFrames();
            decode(Arrays.copyOfRange(stream, cut, stream.length));

            assertThat(stdout.toString(StandardCharsets.US_ASCII)).as("cut at %d", cut).isEqualTo("out");
            assertThat(stderr.toString(StandardCharsets.US_ASCII)).as("cut at %d", cut).isEqualTo("error");
            assertThat(between).as("cut at %d", cut).isEqualTo(cut == 0 || cut == 8 + 3 || cut == stream.length);
            assertThat(decoder.isBetweenFrames()).as("cut at %d", cut).isTrue();
        }
    }

    @Test
    void ignoresAnEmptyFrame() {
        decode(frame(STDERR, ""));

        assertThat(frames).isZero();
        assertThat(decoder.isBetweenFrames()).isTrue();

        decode(concat(frame(STDOUT, ""), frame(STDOUT, "a")));

        assertThat(frames).isOne();
        assertThat(stdout.toString(StandardCharsets.US_ASCII)).isEqualTo("a");
    }

    @Test
    void passesAPayloadOnBeforeItsFrameIsComplete() {
        byte[] frame = frame(STDOUT, "abc");
        decode(Arrays.copyOf(frame, frame.length - 1));

        assertThat(stdout.toString(StandardCharsets.US_ASCII)).isEqualTo("ab");
        assertThat(decoder.isBetweenFrames()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xff, 0x100, 0x80_80, 0x01_00_00})
    void readsEveryByteOfTheLength(int length) {
        decode(concat(frame(STDOUT, new byte[length]), frame(STDERR, "!")));

        assertThat(stdout.size()).isEqualTo(length);
        assertThat(stderr.toString(StandardCharsets.US_ASCII)).isEqualTo("!");
    }

    @Test
    void readsALengthWithItsHighestBitSet() {
        decode(new byte[] {STDOUT, 0, 0, 0, (byte) 0x80, 0, 0, 0, 'a', 'b'});

        assertThat(stdout.toString(StandardCharsets.US_ASCII)).isEqualTo("ab");
        assertThat(decoder.isBetweenFrames()).isFalse();
    }

    @Test
    void readsRandomFramesThatAreCutAnywhere() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ByteArrayOutputStream expectedStdout = new ByteArrayOutputStream();
        ByteArrayOutputStream expectedStderr = new ByteArrayOutputStream();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 2_000; i++) {
            byte[] payload = new byte[random.nextInt(random.nextBoolean() ? 4 : 600)];
            random.nextBytes(payload);
            boolean isStderr = random.nextBoolean();
            (isStderr ? expectedStderr : expectedStdout).writeBytes(payload);
            stream.writeBytes(frame(isStderr ? STDERR : STDOUT, payload));
        }

        byte[] bytes = stream.toByteArray();
        int position = 0;
        while (position < bytes.length) {
            int end = Math.min(bytes.length, position + random.nextInt(random.nextBoolean() ? 10 : 2_000));
            decode(Arrays.copyOfRange(bytes, position, end));
            position = end;
        }

        assertThat(stdout.toByteArray()).as("seed %d", seed).isEqualTo(expectedStdout.toByteArray());
        assertThat(stderr.toByteArray()).as("seed %d", seed).isEqualTo(expectedStderr.toByteArray());
        assertThat(decoder.isBetweenFrames()).as("seed %d", seed).isTrue();
    }
}
