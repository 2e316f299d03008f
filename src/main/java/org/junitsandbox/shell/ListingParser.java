package org.junitsandbox.shell;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.ByteText;

/**
 * Parses a listing while it comes, see {@link FileListing}. A path has no two slashes in a row, whatever its names are:
 * they end it. What a link holds is as long as the link's size.
 */
final class ListingParser {

    private static final byte[] ARROW = " -> ".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] END = "//\n".getBytes(StandardCharsets.US_ASCII);

    /** A path and the target of a link have at most 4,095 bytes each; this is for a program that prints anything. */
    private static final int MAX_PART_BYTES = 64 * 1024;

    private enum Part {
        PATH,
        FIELDS,
        TARGET,
        /** What came was no listing. */
        WRONG
    }

    interface Entries {
        void add(String path, StatLine file);
    }

    private final Entries entries;
    private byte[] bytes = new byte[512];
    private int length;
    private Part part = Part.PATH;
    private byte[] path = {};
    private @Nullable StatLine link;

    ListingParser(Entries entries) {
        this.entries = entries;
    }

    void accept(byte[] chunk, int offset, int count) {
        for (int i = offset; i < offset + count && part != Part.WRONG; i++) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = chunk[i];
            switch (part) {
                case PATH -> path();
                case FIELDS -> fields();
                default -> target(Objects.requireNonNull(link));
            }
            if (length > MAX_PART_BYTES) {
                part = Part.WRONG;
            }
        }
    }

    /** Whether all that came was whole entries. */
    boolean isComplete() {
        return part == Part.PATH && length == 0;
    }

    private void path() {
        // The third slash after the root's own.
        if (length > 2 && bytes[length - 1] == '/' && bytes[length - 2] == '/') {
            path = Arrays.copyOf(bytes, length - 2);
            next(Part.FIELDS);
        }
    }

    private void fields() {
        byte last = bytes[length - 1];
        if (last != '\n' && last != '/') {
            return;
        }
        StatLine file = StatLine.parse(new String(bytes, 0, length - 1, StandardCharsets.ISO_8859_1))
                .orElse(null);
        boolean isLink = file != null && file.status().type() == FileStatus.Type.SYMBOLIC_LINK;
        if (file == null || isLink != (last == '/')) {
            part = Part.WRONG;
        } else if (isLink) {
            link = file;
            next(Part.TARGET);
        } else {
            entries.add(ByteText.decode(path), file);
            next(Part.PATH);
        }
    }

    /** Parses "/", the path, an arrow and what the link holds, both in busybox in quotes and nothing else escaped. */
    private void target(StatLine file) {
        if (length < 2) {
            return;
        }
        if (file.status().sizeBytes() > MAX_PART_BYTES) {
            part = Part.WRONG;
            return;
        }
        int quote = bytes[1] == '\'' ? 1 : 0;
        int arrow = 1 + quote + path.length + quote;
        int start = arrow + ARROW.length + quote;
        int end = start + (int) file.status().sizeBytes();
        if (length < end + quote + END.length) {
            return;
        }
        boolean isRight = matches(path, 1 + quote)
                && matches(ARROW, arrow)
                && matches(END, end + quote)
                && (quote == 0 || (bytes[arrow - 1] == '\'' && bytes[start - 1] == '\'' && bytes[end] == '\''));
        if (isRight) {
            String target = ByteText.decode(Arrays.copyOfRange(bytes, start, end));
            entries.add(ByteText.decode(path), file.withLinkTarget(target));
            next(Part.PATH);
        } else {
            part = Part.WRONG;
        }
    }

    private boolean matches(byte[] expected, int at) {
        return Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }

    private void next(Part following) {
        part = following;
        length = 0;
    }
}
