package org.junitsandbox.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Reads one stream of UTF-8 while it comes, part by part, and hides secrets in it, also those that come in several
 * parts. What may be the beginning of a secret or of a character is returned when more has come. Not safe for use by
 * several threads.
 */
public final class MaskedStream {

    /** So much that may become a secret is kept; beyond that, it is masked as if it were one. */
    private static final int MAX_PENDING = 4 << 10;

    private final Supplier<SecretMask> mask;

    /** One character for a byte. */
    private String pending = "";

    private boolean cut;

    /**
     * Begins a stream.
     *
     * @param mask returns what is to be hidden at that moment
     * @param cut whether the stream's beginning is missing, in which a secret may begin
     */
    public MaskedStream(Supplier<SecretMask> mask, boolean cut) {
        this.mask = mask;
        this.cut = cut;
    }

    /** Reads the next bytes, and returns what can be shown now; bytes that are not UTF-8 are U+FFFD. */
    public String read(byte[] bytes, int offset, int length) {
        String all = pending + new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        SecretMask now = mask.get();
        int end = now.undecided(all, completeCharacters(all));
        boolean tooLong = all.length() - end > Math.max(MAX_PENDING, 2 * now.longest());
        if (tooLong) {
            end = all.length();
        }
        pending = all.substring(end);
        return show(now, all.substring(0, end), tooLong);
    }

    /** Returns the rest. */
    public String end() {
        String rest = pending;
        pending = "";
        return show(mask.get(), rest, false);
    }

    private String show(SecretMask now, String bytes, boolean cutAtEnd) {
        if (bytes.isEmpty()) {
            return "";
        }
        SecretMask.Masked masked = now.apply(bytes.getBytes(StandardCharsets.ISO_8859_1), cut, cutAtEnd);
        cut = cutAtEnd;
        return masked.text(0, masked.length());
    }

    /** Returns how many of the bytes are whole characters: the last one may be cut. */
    private static int completeCharacters(String bytes) {
        int length = bytes.length();
        for (int back = 1; back <= Math.min(3, length); back++) {
            char unit = bytes.charAt(length - back);
            if (unit < 0x80) {
                break;
            }
            if (unit >= 0xC0) {
                int needed = unit >= 0xF0 ? 4 : unit >= 0xE0 ? 3 : 2;
                return needed > back ? length - back : length;
            }
        }
        return length;
    }
}
