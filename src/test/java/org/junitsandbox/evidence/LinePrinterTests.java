package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinePrinterTests {

    private static final long LONG_MILLIS = 10_000;

    /** A console that takes nothing until it is opened. */
    private static final class StoppedConsole extends OutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            reached.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            written.write(bytes, offset, length);
        }

        List<String> lines() {
            return written.toString(StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    @Timeout(60)
    void waitsForNoConsoleAndCountsTheLinesThatItLeavesOut() throws InterruptedException {
        StoppedConsole console = new StoppedConsole();
        LinePrinter printer = new LinePrinter(new PrintStream(console, false, StandardCharsets.UTF_8));
        printer.add("[x] ", "first");
        console.reached.await();
        int count = 20_000;
        String text = "-".repeat(100);

        IntStream.range(0, count).forEach(i -> printer.add("[x] ", text + i));
        printer.await(1);
        console.open.countDown();
        printer.await(LONG_MILLIS);

        List<String> lines = console.lines();
        assertThat(lines).startsWith("[x] first").endsWith("[x] " + text + (count - 1));
        int shown = lines.size() - 2;
        assertThat(lines.get(1))
                .isEqualTo("[x] (" + (count - shown) + " lines left out, as more came than could be printed)");
        assertThat(shown * 100L).isBetween(LinePrinter.MAX_QUEUED_CHARS / 2L, (long) LinePrinter.MAX_QUEUED_CHARS);
    }

    /** Throws once. */
    private static final class Unreliable extends PrintStream {
        private boolean thrown;

        Unreliable(OutputStream target) {
            super(target, false, StandardCharsets.UTF_8);
        }

        @Override
        public void print(String text) {
            if (!thrown) {
                thrown = true;
                throw new IllegalStateException("as planned");
            }
            super.print(text);
        }
    }

    @Test
    void goesOnAfterWhatAStreamThrows() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LinePrinter printer = new LinePrinter(new Unreliable(written));

        printer.add("", "lost");
        printer.await(LONG_MILLIS);
        printer.add("", "next");
        printer.await(LONG_MILLIS);

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("next" + System.lineSeparator());
    }

    @Test
    void escapesEachLine() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LinePrinter printer = new LinePrinter(new PrintStream(written, false, StandardCharsets.UTF_8));

        printer.add("[\u001B] ", "a\nb\u202E");
        printer.await(LONG_MILLIS);

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("[\\u001B] a\\nb\\u202E" + System.lineSeparator());
    }

    @Test
    void cutsLinesThatDoNotEnd() {
        List<String> lines = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(lines::add);

        splitter.add("one\ntw");
        splitter.add("o\n\n");
        assertThat(lines).containsExactly("one", "two", "");
        lines.clear();

        IntStream.range(0, 1000).forEach(i -> splitter.add("12345678\uD83D\uDE00"));
        String beginning = "12345678\uD83D\uDE00".repeat(LineSplitter.MAX_LINE_CHARS / 10);
        assertThat(lines).containsExactly(beginning + " [...]");
        splitter.add("\nthree");
        splitter.end();
        splitter.end();
        assertThat(lines).containsExactly(
                beginning + " [...]", "[... 8000 more characters of this line]", "three");
    }
}
