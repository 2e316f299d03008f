package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Cuts the output of one command into lines. Not safe for use by several threads. */
final class LineListener implements OutputListener {

    /** A longer line comes in pieces, so that no output takes more memory than this. */
    static final int MAX_LINE_BYTES = 1 << 20;

    private final BiConsumer<StandardStream, String> lines;

    /** What has come of the last line of each stream. */
    private final Map<StandardStream, ByteArrayOutputStream> begun = new EnumMap<>(StandardStream.class);

    LineListener(BiConsumer<StandardStream, String> lines) {
        this.lines = lines;
    }

    @Override
    public void output(StandardStream stream, byte[] bytes) {
        ByteArrayOutputStream line = begun.computeIfAbsent(stream, key -> new ByteArrayOutputStream());
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            boolean ended = bytes[end] == '\n';
            if (ended || line.size() + end - start == MAX_LINE_BYTES) {
                line.write(bytes, start, end - start);
                pass(stream, line);
                start = ended ? end + 1 : end;
            }
        }
        line.write(bytes, start, bytes.length - start);
    }

    /** Passes what has come of lines that did not end. */
    void finish() {
        begun.forEach((stream, line) -> {
            if (line.size() > 0) {
                pass(stream, line);
            }
        });
    }

    private void pass(StandardStream stream, ByteArrayOutputStream line) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        lines.accept(stream, text);
    }
}
