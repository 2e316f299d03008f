package org.junitsandbox.internal.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text and back, without loss: names of files are bytes, of any value. Text is UTF-8; each byte that is not
 * part of UTF-8 is a lone surrogate, U+DC80 for 0x80 to U+DCFF for 0xFF, which no UTF-8 stands for.
 */
public final class ByteText {

    private static final char BASE = '\uDC00';
    private static final char FIRST = '\uDC80';
    private static final char LAST = '\uDCFF';

    private ByteText() {}

    /** Reads bytes as text. */
    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        // No byte gives more than one unit.
        CharBuffer out = CharBuffer.allocate(bytes.length);
        for (CoderResult result = decoder.decode(in, out, true);
                result.isMalformed();
                result = decoder.decode(in, out, true)) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (BASE + (in.get() & 0xFF)));
            }
            decoder.reset();
        }
        return out.flip().toString();
    }

    /** Returns the bytes that text was read from, and of any other text its UTF-8. */
    public static byte[] encode(String text) {
        ByteArrayOutputStream bytes = null;
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isByte(text, i)) {
                bytes = bytes == null ? new ByteArrayOutputStream(text.length()) : bytes;
                bytes.writeBytes(text.substring(done, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(text.charAt(i) - BASE);
                done = i + 1;
            }
        }
        if (bytes == null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        bytes.writeBytes(text.substring(done).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** Whether the unit at an index stands for a byte that is not part of UTF-8. */
    static boolean isByte(String text, int index) {
        char unit = text.charAt(index);
        return unit >= FIRST && unit <= LAST && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}
