package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes are written here as the characters of ISO 8859-1. */
class MarkerScannerTests {

    private static final String NONCE = "n0nce";

    private static final String EDGE = "\u001e";

    private static final String OPENING = EDGE + NONCE + " ";

    /** What a scanner told: joined output, and answers in between. */
    private static final class Told implements MarkerScanner.Sink {

        private final List<String> all = new ArrayList<>();
        private final StringBuilder output = new StringBuilder();

        @Override
        public void output(byte[] bytes, int offset, int length) {
            output.append(new String(bytes, offset, length, ISO_8859_1));
        }

        @Override
        public void answer(String answer) {
            flush();
            all.add("answer " + answer);
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

    private static String marker(String answer) {
        return OPENING + answer + EDGE;
    }

    private static List<String> scan(String... frames) {
        Told told = new Told();
        MarkerScanner scanner = new MarkerScanner(NONCE, told);
        for (String frame : frames) {
            // Not at the array's borders, so that offset and length count.
            byte[] bytes = ("<" + frame + ">").getBytes(ISO_8859_1);
            scanner.scan(bytes, 1, frame.length());
        }
        return told.all();
    }

    /** What {@code stream}, which does not end in an unfinished opening, holds. */
    private static List<String> reference(String stream) {
        Told told = new Told();
        int position = 0;
        while (true) {
            int opening = stream.indexOf(OPENING, position);
            byte[] output = stream.substring(position, opening < 0 ? stream.length() : opening).getBytes(ISO_8859_1);
            told.output(output, 0, output.length);
            int answer = opening + OPENING.length();
            int edge = opening < 0 ? -1 : stream.indexOf(EDGE, answer);
            if (edge < 0) {
                return told.all();
            }
            byte[] bytes = stream.substring(answer, edge).getBytes(ISO_8859_1);
            told.answer(new String(bytes, 0, Math.min(bytes.length, MarkerScanner.MAX_ANSWER), UTF_8));
            position = edge + 1;
        }
    }

    @Test
    void aMarkerCutAnywhereIsFound() {
        String stream = "before" + marker("end 1 0") + "after";

        for (int cut = 0; cut <= stream.length(); cut++) {
            assertThat(scan(stream.substring(0, cut), stream.substring(cut)))
                    .as("cut at %d", cut)
                    .containsExactly("output before", "answer end 1 0", "output after");
        }
    }

    @Test
    void aMarkerInFramesOfOneByteIsFound() {
        String stream = "before" + marker("end 1 0") + "after";

        assertThat(scan(stream.split(""))).containsExactly("output before", "answer end 1 0", "output after");
    }

    @Test
    void markersSideBySideAreFound() {
        assertThat(scan(marker("a") + marker("") + marker("b"))).containsExactly("answer a", "answer ", "answer b");
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
    void whatOnlyLooksLikeAMarkerIsOutput(String nearly) {
        String stream = "a" + nearly + "b";

        for (int cut = 0; cut <= stream.length(); cut++) {
            assertThat(scan(stream.substring(0, cut), stream.substring(cut)))
                    .as("cut at %d", cut)
                    .containsExactly("output " + stream);
        }
    }

    @Test
    void thePartOfAnOpeningAtAFramesEndIsOutputOnceOtherBytesFollow() {
        for (int length = 1; length < OPENING.length(); length++) {
            String part = OPENING.substring(0, length);

            assertThat(scan("a" + part)).as("part of %d", length).containsExactly("output a");
            assertThat(scan("a" + part, "?b")).as("part of %d", length).containsExactly("output a" + part + "?b");
        }
    }

    @Test
    void aMarkerRightAfterAPartOfAnOpeningIsFound() {
        for (int length = 1; length < OPENING.length(); length++) {
            String part = OPENING.substring(0, length);

            assertThat(scan(part + marker("pong 3"))).containsExactly("output " + part, "answer pong 3");
            assertThat(scan(part, marker("pong 3"))).containsExactly("output " + part, "answer pong 3");
        }
    }

    /** What a scanner tells of two frames, if a command begins between them. */
    private static List<String> scanAroundABeginning(String before, String after) {
        Told told = new Told();
        MarkerScanner scanner = new MarkerScanner(NONCE, told);
        scanner.scan(before.getBytes(ISO_8859_1), 0, before.length());
        scanner.forgetOpening();
        scanner.scan(after.getBytes(ISO_8859_1), 0, after.length());
        return told.all();
    }

    @Test
    void aMarkerThatIsCutByTheBeginningOfACommandIsNotItsOutput() {
        String late = marker("end 1 0");
        for (int cut = 0; cut <= late.length(); cut++) {
            assertThat(scanAroundABeginning(late.substring(0, cut), late.substring(cut) + "out"))
                    .as("cut at %d", cut)
                    .containsExactly("answer end 1 0", "output out");
        }
    }

    @Test
    void anEdgeBeforeTheBeginningOfACommandIsNotItsOutput() {
        assertThat(scanAroundABeginning(EDGE, "out")).containsExactly("output out");
        assertThat(scanAroundABeginning(EDGE, EDGE + "out")).containsExactly("output " + EDGE + "out");
        assertThat(scanAroundABeginning(OPENING.substring(0, 4), "out.")).containsExactly("output out.");
        assertThat(scanAroundABeginning(EDGE, NONCE + "out")).containsExactly("output " + NONCE + "out");
        assertThat(scanAroundABeginning("", EDGE + "out")).containsExactly("output " + EDGE + "out");
    }

    @Test
    void theRestOfATooLongAnswerIsDropped() {
        String longest = "x".repeat(MarkerScanner.MAX_ANSWER);

        assertThat(scan("a" + marker(longest) + "b")).containsExactly("output a", "answer " + longest, "output b");
        assertThat(scan("a" + marker(longest + "yz") + "b", marker("short") + "c"))
                .containsExactly("output a", "answer " + longest, "output b", "answer short", "output c");
        assertThat(scan("a" + OPENING + longest, "y", "z" + EDGE + "b"))
                .containsExactly("output a", "answer " + longest, "output b");
    }

    @Test
    void anAnswerIsUtf8() {
        String bytes = new String("end 1 /wörk".getBytes(UTF_8), ISO_8859_1);

        assertThat(scan(marker(bytes))).containsExactly("answer end 1 /wörk");
    }

    @Test
    void anyStreamCutAnywhereIsReadAsAWhole() {
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
                        case 4 -> marker("x".repeat(MarkerScanner.MAX_ANSWER - 2 + random.nextInt(5)));
                        case 5 -> String.valueOf((char) random.nextInt(256));
                        default -> marker("end " + random.nextInt(100));
                    });
        }
        return stream.append('.').toString();
    }

    private static String[] randomCuts(Random random, String stream) {
        List<String> frames = new ArrayList<>();
        int position = 0;
        while (position < stream.length()) {
            int most = random.nextBoolean() ? 4 : stream.length();
            int end = Math.min(stream.length(), position + random.nextInt(most + 1));
            frames.add(stream.substring(position, end));
            position = end;
        }
        return frames.toArray(String[]::new);
    }
}
