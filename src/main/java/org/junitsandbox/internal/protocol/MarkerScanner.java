package org.junitsandbox.internal.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Tells the markers in one output stream from the output around them, byte by byte and across the borders of frames.
 *
 * <p>A marker is 0x1e, the nonce, a space, the answer, 0x1e. Shells do not print 0x1e in a trace, and nobody can guess
 * the nonce, so output is never taken for a marker. Not safe for use by several threads.
 */
final class MarkerScanner {

    /** The byte that starts and ends a marker: ASCII's record separator. */
    static final byte EDGE = 0x1e;

    /** The longest answer kept, in bytes; the rest of a longer one (a directory's name, say) is dropped. */
    static final int MAX_ANSWER = 4096;

    /** Receives what a stream holds, in its order. */
    interface Sink {
        void output(byte[] bytes, int offset, int length);

        void answer(String answer);
    }

    private final byte[] opening;
    private final Sink sink;

    /** How many bytes of the opening have been matched; all of them: inside a marker. */
    private int matched;

    /** How many of these came before the present command began. */
    private int stale;

    private final byte[] answer = new byte[MAX_ANSWER];
    private int answerLength;

    MarkerScanner(String nonce, Sink sink) {
        this.opening = ((char) EDGE + nonce + " ").getBytes(StandardCharsets.US_ASCII);
        this.sink = sink;
    }

    void scan(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int position = offset;
        while (position < end) {
            if (matched == opening.length) {
                position = scanAnswer(bytes, position, end);
            } else if (matched > 0) {
                position = scanOpening(bytes, position, end);
            } else {
                int edge = indexOfEdge(bytes, position, end);
                if (edge > position) {
                    sink.output(bytes, position, edge - position);
                }
                position = edge;
                if (edge < end) {
                    matched = 1;
                    position++;
                }
            }
        }
    }

    /**
     * Says that another command begins, so that an opening under way is not that command's. It is one of a marker that
     * was on its way, or it is the rest of a directory's name with an edge in it, which then is nobody's output.
     */
    void forgetOpening() {
        stale = matched;
    }

    private static int indexOfEdge(byte[] bytes, int from, int end) {
        int position = from;
        while (position < end && bytes[position] != EDGE) {
            position++;
        }
        return position;
    }

    /** Goes on matching the opening; where it turns out to be none, what was matched was output. */
    private int scanOpening(byte[] bytes, int from, int end) {
        int position = from;
        while (position < end && matched < opening.length) {
            if (bytes[position] != opening[matched]) {
                // The opening holds its first byte only once, so no match can start inside the matched part.
                if (matched > stale) {
                    sink.output(opening, stale, matched - stale);
                }
                matched = 0;
                stale = 0;
                return position;
            }
            matched++;
            position++;
        }
        return position;
    }

    private int scanAnswer(byte[] bytes, int from, int end) {
        int edge = indexOfEdge(bytes, from, end);
        int kept = Math.min(edge - from, MAX_ANSWER - answerLength);
        System.arraycopy(bytes, from, answer, answerLength, kept);
        answerLength += kept;
        if (edge == end) {
            return end;
        }
        String text = new String(answer, 0, answerLength, StandardCharsets.UTF_8);
        answerLength = 0;
        matched = 0;
        stale = 0;
        sink.answer(text);
        return edge + 1;
    }
}
