package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.text.ByteText;

/** Bytes are written here as the characters of ISO 8859-1. */
class MarkerScannerTests {

    private static final String NONCE = "n0nce";

    private static final String EDGE = "\u001e";

    private static final String OPENING = EDGE + NONCE + " ";

    /** What a scanner found: joined output, and messages in between. */
    private static final class Found implements MarkerScanner.Sink {

        private final List<String> all = new ArrayList<>();
        private final StringBuilder output = new StringBuilder();

        @Override
        public void accept(StandardStream stream, byte[] bytes, int offset, int length) {
            assertThat(stream).isEqualTo(StandardStream.STDERR);
            output.append(new String(bytes, offset, length, ISO_8859_1));
        }

        @Override
        public void message(StandardStream stream, String text) {
            assertThat(stream).isEqualTo(StandardStream.STDERR);
            flush();
            all.add("message " + text);
        }

        private void flush() {
            if (!output.isEmpty()) {
                all.add("output " + output);
                output.setLength(0);
            }
        }

        List<String> all() {
            flush();
            return all;
        }
    }

    private static String marker(String message) {
        return OPENING + message + EDGE;
    }

    private static List<String> scan(String... chunks) {
        Found found = new Found();
        MarkerScanner scanner = new MarkerScanner(StandardStream.STDERR, NONCE, found);
        for (String chunk : chunks) {
            // Not at the array's borders, so that offset and length count.
            byte[] bytes = ("<" + chunk + ">").getBytes(ISO_8859_1);
            scanner.scan(bytes, 1, chunk.length());
        }
        return found.all();
    }

    /** What {@code stream}, which does not end in an unfinished opening, holds. */
    private static List<String> reference(String stream) {
        Found found = new Found();
        int position = 0;
        while (true) {
            int opening = stream.indexOf(OPENING, position);
            byte[] output = stream.substring(position, opening < 0 ? stream.length() : opening).getBytes(ISO_8859_1);
            found.accept(StandardStream.STDERR, output, 0, output.length);
            int message = opening + OPENING.length();
            int edge = opening < 0 ? -1 : stream.indexOf(EDGE, message);
            if (edge < 0) {
                return found.all();
            }
            byte[] bytes = stream.substring(message, edge).getBytes(ISO_8859_1);
            int kept = Math.min(bytes.length, MarkerScanner.MAX_MESSAGE_BYTES);
            found.message(StandardStream.STDERR, ByteText.decode(Arrays.copyOf(bytes, kept)));
            position = edge + 1;
        }
    }

    @Test
    void findsAMarkerCutAnywhere() {
        String stream = "before" + marker("end 1 0") + "after";

        for (int cut = 0; cut <= stream.length(); cut++) {
            assertThat(scan(stream.substring(0, cut), stream.substring(cut)))
                    .as("cut at %d", cut)
                    .containsExactly("output before", "message end 1 0", "output after");
        }
    }

    @Test
    void findsAMarkerInChunksOfOneByte() {
        String stream = "before" + marker("end 1 0") + "after";

        assertThat(scan(stream.split(""))).containsExactly("output before", "message end 1 0", "output after");
    }

    @Test
    void findsMarkersSideBySide() {
        assertThat(scan(marker("a") + marker("") + marker("b"))).containsExactly("message a", "message ", "message b");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        EDGE,
        EDGE + EDGE + EDGE,
        EDGE + "n0ncf end 1 0" + EDGE,
        EDGE + "end 1 0" + EDGE,
        EDGE + NONCE + "end 1 0" + EDGE,
        EDGE + NONCE + EDGE,
        NONCE + " end 1 0",
        "\u00ff\u0000\n"
    })
    void takesWhatOnlyLooksLikeAMarkerForOutput(String nearly) {
        String stream = "a" + nearly + "b";

        for (int cut = 0; cut <= stream.length(); cut++) {
            assertThat(scan(stream.substring(0, cut), stream.substring(cut)))
                    .as("cut at %d", cut)
                    .containsExactly("output " + stream);
        }
    }

    @Test
    void takesAPartOfAnOpeningForOutputOnceOtherBytesFollow() {
        for (int length = 1; length < OPENING.length(); length++) {
            String part = OPENING.substring(0, length);

            assertThat(scan("a" + part)).as("part of %d", length).containsExactly("output a");
            assertThat(scan("a" + part, "?b")).as("part of %d", length).containsExactly("output a" + part + "?b");
        }
    }

    @Test
    void findsAMarkerRightAfterAPartOfAnOpening() {
        for (int length = 1; length < OPENING.length(); length++) {
            String part = OPENING.substring(0, length);

            assertThat(scan(part + marker("pong 3"))).containsExactly("output " + part, "message pong 3");
            assertThat(scan(part, marker("pong 3"))).containsExactly("output " + part, "message pong 3");
        }
    }

    /** What a scanner finds in two chunks, if a command begins between them. */
    private static List<String> scanAroundABeginning(String before, String after) {
        Found found = new Found();
        MarkerScanner scanner = new MarkerScanner(StandardStream.STDERR, NONCE, found);
        scanner.scan(before.getBytes(ISO_8859_1), 0, before.length());
        scanner.forgetOpening();
        scanner.scan(after.getBytes(ISO_8859_1), 0, after.length());
        return found.all();
    }

    @Test
    void doesNotTakeAMarkerCutByTheBeginningOfACommandForItsOutput() {
        String late = marker("end 1 0");
        for (int cut = 0; cut <= late.length(); cut++) {
            assertThat(scanAroundABeginning(late.substring(0, cut), late.substring(cut) + "out"))
                    .as("cut at %d", cut)
                    .containsExactly("message end 1 0", "output out");
        }
    }

    @Test
    void doesNotTakeAnEdgeBeforeTheBeginningOfACommandForItsOutput() {
        assertThat(scanAroundABeginning(EDGE, "out")).containsExactly("output out");
        assertThat(scanAroundABeginning(EDGE, EDGE + "out")).containsExactly("output " + EDGE + "out");
        assertThat(scanAroundABeginning(OPENING.substring(0, 4), "out.")).containsExactly("output out.");
        assertThat(scanAroundABeginning(EDGE, NONCE + "out")).containsExactly("output " + NONCE + "out");
        assertThat(scanAroundABeginning("", EDGE + "out")).containsExactly("output " + EDGE + "out");
    }

    @Test
    void dropsTheRestOfATooLongMessage() {
        String longest = "x".repeat(MarkerScanner.MAX_MESSAGE_BYTES);

        assertThat(scan("a" + marker(longest) + "b")).containsExactly("output a", "message " + longest, "output b");
        assertThat(scan("a" + marker(longest + "yz") + "b", marker("short") + "c"))
                .containsExactly("output a", "message " + longest, "output b", "message short", "output c");
        assertThat(scan("a" + OPENING + longest, "y", "z" + EDGE + "b"))
                .containsExactly("output a", "message " + longest, "output b");
    }

    @Test
    void readsAMessageAsUtf8() {
        String bytes = new String("end 1 /wörk".getBytes(UTF_8), ISO_8859_1);

        assertThat(scan(marker(bytes))).containsExactly("message end 1 /wörk");
    }

    @Test
    void readsAnyStreamCutAnywhereAsAWhole() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String stream = randomStream(random);

            assertThat(scan(randomCuts(random, stream)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(reference(stream));
        }
    }

    private static String randomStream(Random random) {
        StringBuilder stream = new StringBuilder();
        for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
            stream.append(
                    switch (random.nextInt(8)) {
                        case 0 -> EDGE;
                        case 1 -> OPENING;
                        case 2 -> OPENING.substring(0, random.nextInt(OPENING.length()));
                        case 3 -> EDGE + "other end 1 0" + EDGE;
                        case 4 -> marker("x".repeat(MarkerScanner.MAX_MESSAGE_BYTES - 2 + random.nextInt(5)));
                        case 5 -> String.valueOf((char) random.nextInt(256));
                        default -> marker("end " + random.nextInt(100));
                    });
        }
        return stream.append('.').toString();
    }

    private static String[] randomCuts(Random random, String stream) {
        List<String> chunks = new ArrayList<>();
        int position = 0;
        while (position < stream.length()) {
            int most = random.nextBoolean() ? 4 : stream.length();
            int end = Math.min(stream.length(), position + random.nextInt(most + 1));
            chunks.add(stream.substring(position, end));
            position = end;
        }
        return chunks.toArray(String[]::new);
    }
}
