package org.junitsandbox.shell;

import java.util.Arrays;

/**
 * When which stream of a command got how many bytes. Of many chunks, those are merged that came at nearly the same
 * time. Not safe for use by several threads.
 */
final class ChunkTimes {

    private static final int MAX_CHUNKS = 1024;

    private int count;
    private long[] micros = new long[2];

    /** Negative for stderr. */
    private long[] lengths = new long[2];

    private long granuleMicros = 1;

    void add(StandardStream stream, long atMicros, int length) {
        append(atMicros, stream == StandardStream.STDOUT ? length : -length);
        while (count == MAX_CHUNKS) {
            coarsen();
        }
    }

    private void append(long atMicros, long length) {
        for (int i = count - 1; i >= 0 && micros[i] / granuleMicros == atMicros / granuleMicros; i--) {
            if (lengths[i] < 0 == length < 0) {
                lengths[i] += length;
                return;
            }
        }
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        micros[count] = atMicros;
        lengths[count++] = length;
    }

    private void coarsen() {
        granuleMicros *= 2;
        int before = count;
        count = 0;
        for (int i = 0; i < before; i++) {
            append(micros[i], lengths[i]);
        }
    }

    int count() {
        return count;
    }

    /** The time from the beginning of the sandbox, in microseconds. */
    long atMicros(int chunk) {
        return micros[chunk];
    }

    StandardStream stream(int chunk) {
        return lengths[chunk] < 0 ? StandardStream.STDERR : StandardStream.STDOUT;
    }

    long length(int chunk) {
        return Math.abs(lengths[chunk]);
    }

    /** What it takes of memory, in bytes. */
    int size() {
        return micros.length * 2 * Long.BYTES;
    }
}
