package org.junitsandbox.internal.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;
import org.junitsandbox.internal.text.ByteText;

/**
 * Separates one stream into the supervisor's messages and the output around them, wherever its chunks are cut.
 *
 * <p>A message stands in a marker: 0x1e, the nonce, a space, the message, 0x1e. Shells do not print 0x1e in a trace,
 * and the nonce cannot be guessed, so output is never taken for a marker. Not safe for use by several threads.
 */
final class MarkerScanner {

    /** The byte that starts and ends a marker: ASCII's record separator. */
    static final byte EDGE = 0x1e;

    /** The longest message kept, in bytes: what the kernel reports of a container with hundreds of mounts. */
    static final int MAX_MESSAGE_BYTES = 64 * 1024;

    /** Takes output, and messages in between, in the order in which they stand in a stream. */
    interface Sink extends StreamSink {
        void message(StandardStream stream, String text);
    }

    private final StandardStream stream;
    private final byte[] opening;
    private final Sink sink;

    /** How many bytes of the opening have been matched; all of them: inside a marker. */
    private int matched;

    /** How many of these came before the running command began. */
    private int stale;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    MarkerScanner(StandardStream stream, String nonce, Sink sink) {
        this.stream = stream;
        this.opening = ((char) EDGE + nonce + " ").getBytes(StandardCharsets.US_ASCII);
        this.sink = sink;
    }

    void scan(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int position = offset;
        while (position < end) {
            if (matched == opening.length) {
                position = scanMessage(bytes, position, end);
            } else if (matched > 0) {
                position = scanOpening(bytes, position, end);
            } else {
                int edge = indexOfEdge(bytes, position, end);
                if (edge > position) {
                    sink.accept(stream, bytes, position, edge - position);
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
     * Notes that another command begins, so that an opening matched so far is not that command's output. It is that of
     * a late marker, or the rest of a directory's name with an edge in it, which is then no command's output.
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

    /** Goes on matching the opening; if the bytes differ, those matched so far were output. */
    private int scanOpening(byte[] bytes, int from, int end) {
        int position = from;
        while (position < end && matched < opening.length) {
            if (bytes[position] != opening[matched]) {
                // The opening holds its first byte only once, so no match can start inside the matched part.
                if (matched > stale) {
                    sink.accept(stream, opening, stale, matched - stale);
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

    private int scanMessage(byte[] bytes, int from, int end) {
        int edge = indexOfEdge(bytes, from, end);
        message.write(bytes, from, Math.min(edge - from, MAX_MESSAGE_BYTES - message.size()));
        if (edge == end) {
            return end;
        }
        String text = ByteText.decode(message.toByteArray());
        message.reset();
        matched = 0;
        stale = 0;
        sink.message(stream, text);
        return edge + 1;
    }
}
