package org.junitsandbox.internal.engine.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames written by hand after RFC 6455, section 5. */
class WebSocketDecoderTests {

    /** Notes what comes: each message as one text, each control frame with its opcode. */
    private static final class Notes implements WebSocketDecoder.Handler {

        private final List<String> notes = new ArrayList<>();
        private StringBuilder message = new StringBuilder();
        private int starts;

        @Override
        public void data(byte[] bytes, int offset, int length, boolean first) {
            starts += first ? 1 : 0;
            message.append(new String(bytes, offset, length, ISO_8859_1));
        }

        @Override
        public void messageEnd() {
            notes.add(message + " " + starts);
            message = new StringBuilder();
            starts = 0;
        }

        @Override
        public void control(int opcode, byte[] payload) {
            notes.add(opcode + ":" + new String(payload, ISO_8859_1));
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static List<String> decode(byte[] stream, int pieceLength) throws IOException {
        Notes notes = new Notes();
        WebSocketDecoder decoder = new WebSocketDecoder(notes);
        for (int position = 0; position < stream.length; position += pieceLength) {
            decoder.decode(stream, position, Math.min(pieceLength, stream.length - position));
        }
        assertThat(decoder.isBetweenFrames()).isTrue();
        return notes.notes;
    }

    /** Frames of all kinds, in a row. */
    private static final String STREAM =
            // a message in one frame
            "82 05 48 65 6c 6c 6f"
                    // a message in three frames, of which the first and the last are empty, and a ping between them
                    + "02 00" + "89 02 68 69" + "00 05 48 65 6c 6c 6f" + "80 00"
                    // an empty message
                    + "82 00"
                    // an empty ping, a pong
                    + "89 00" + "8a 01 21"
                    // a close: 1000, bye
                    + "88 05 03 e8 62 79 65";

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "5", "7", "1000"})
    void decodesFramesWhereverTheyAreCut(int pieceLength) throws IOException {
        assertThat(decode(bytes(STREAM), pieceLength))
                .containsExactly("Hello 1", "9:hi", "Hello 1", " 0", "9:", "10:!", "8:\u0003\u00e8bye");
    }

    @Test
    void knowsWhereTheStreamMayEnd() throws IOException {
        byte[] stream = bytes(STREAM);
        for (int end = 0; end < 7; end++) {
            WebSocketDecoder decoder = new WebSocketDecoder(new Notes());
            decoder.decode(stream, 0, end);
            assertThat(decoder.isBetweenFrames()).as("after %d bytes", end).isEqualTo(end == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"827e0080, 128", "827e0100, 256", "827effff, 65535", "827f0000000000010000, 65536"})
    void decodesLongLengths(String header, int length) throws IOException {
        byte[] start = bytes(header);
        byte[] stream = new byte[start.length + length];
        System.arraycopy(start, 0, stream, 0, start.length);

        assertThat(decode(stream, 1000)).singleElement().satisfies(message -> assertThat(message).hasSize(length + 2));
    }

    @Test
    void handsOnWhatComesOfAFrameOfAnAbsurdLength() throws IOException {
        Notes notes = new Notes();
        WebSocketDecoder decoder = new WebSocketDecoder(notes);
        byte[] stream = bytes("827f7fffffffffffffff 6162");

        decoder.decode(stream, 0, stream.length);

        assertThat(notes.message).hasToString("ab");
        assertThat(decoder.isBetweenFrames()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "c205, reserved bits are set",
        "a205, reserved bits are set",
        "9205, reserved bits are set",
        "8285, a frame of the server is masked",
        "0902, a control frame is fragmented",
        "887e, a control frame has more than 125 bytes",
        "897f, a control frame has more than 125 bytes",
        "8105, 'a text message, where binary ones were agreed on'",
        "8305, opcode 3 is unknown",
        "8b00, opcode 11 is unknown",
        "8f00, opcode 15 is unknown",
        "8005, a continuation without a start",
        "020141 8201, a message starts within another one",
        "827fffffffffffffffff, a length of more than 63 bits",
    })
    void refusesWhatTheProtocolForbids(String frames, String problem) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> decode(bytes(frames), 1000))
                .withMessage("the server breaks the protocol of WebSockets: " + problem);
    }
}
