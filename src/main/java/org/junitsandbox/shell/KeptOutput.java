package org.junitsandbox.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.SecretMask;

/** What a transcript keeps of one stream of a command: all of a short output, of a longer one beginning and end. */
final class KeptOutput {

    static final KeptOutput NOTHING = new KeptOutput(Output.NOTHING);

    static final int MAX_BYTES = 64 << 10;

    private final List<Part> parts = new ArrayList<>();
    private final long total;

    /** Bytes of the output, or a gap: what comes after {@code bytes} up to {@code end} was left out. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Part(long start, byte[] bytes, long end) {}

    KeptOutput(Output output) {
        byte[] bytes = output.kept();
        this.total = output.totalBytes();
        if (bytes.length <= MAX_BYTES) {
            // Shared with the command's result.
            parts.add(new Part(0, bytes, total));
        } else {
            int half = MAX_BYTES / 2;
            int tail = bytes.length - half;
            parts.add(new Part(0, Arrays.copyOf(bytes, half), tail));
            parts.add(new Part(tail, Arrays.copyOfRange(bytes, tail, bytes.length), total));
        }
    }

    /** Of an output of which only its beginning and its end were kept. */
    KeptOutput(byte[] beginning, byte[] end, long total) {
        this.total = total;
        long gapEnd = total - end.length;
        if (gapEnd == beginning.length) {
            byte[] whole = Arrays.copyOf(beginning, beginning.length + end.length);
            System.arraycopy(end, 0, whole, beginning.length, end.length);
            parts.add(new Part(0, whole, total));
        } else {
            parts.add(new Part(0, beginning, gapEnd));
            parts.add(new Part(gapEnd, end, total));
        }
    }

    long totalBytes() {
        return total;
    }

    /** What it takes of memory, in bytes. */
    long size() {
        return total - omittedBytes();
    }

    long omittedBytes() {
        long kept = 0;
        for (Part part : parts) {
            kept += part.bytes().length;
        }
        return total - kept;
    }

    Reader reader(SecretMask mask) {
        return new Reader(mask);
    }

    /** Reads it once, from the beginning to the end, masked. */
    final class Reader {

        private final SecretMask mask;
        private int next;
        private SecretMask.Masked masked;

        /** How much of the masked bytes of the next part was read. */
        private int done;

        private Reader(SecretMask mask) {
            this.mask = mask;
            this.masked = masked(0);
        }

        private SecretMask.Masked masked(int part) {
            Part own = parts.get(part);
            return mask.apply(own.bytes(), part > 0, own.start() + own.bytes().length < own.end());
        }

        /**
         * Returns what follows.
         *
         * @param upTo how many bytes of the output are read then; more, where that is within a character, a secret or
         *     what was left out
         */
        String read(long upTo) {
            StringBuilder text = new StringBuilder();
            while (next < parts.size()) {
                Part part = parts.get(next);
                long bytesEnd = part.start() + part.bytes().length;
                boolean whole = upTo > bytesEnd || (upTo == bytesEnd && upTo == part.end());
                int end = whole
                        ? masked.length()
                        : masked.position((int) Math.max(0, Math.min(upTo - part.start(), part.bytes().length)));
                if (end > done) {
                    text.append(masked.text(done, end));
                    done = end;
                }
                if (!whole) {
                    break;
                }
                if (part.end() > bytesEnd) {
                    text.append("[... ").append(Excerpt.count(part.end() - bytesEnd, "byte")).append(" ...]");
                }
                done = 0;
                next++;
                if (next < parts.size()) {
                    masked = masked(next);
                }
            }
            return text.toString();
        }
    }
}
