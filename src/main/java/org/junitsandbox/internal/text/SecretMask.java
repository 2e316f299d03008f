package org.junitsandbox.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that must not be shown, and a way to write other text without them. A secret is found as it is, as a word of
 * shell source, and escaped for a message. Immutable.
 */
public final class SecretMask {

    /** Hides nothing. */
    public static final SecretMask NONE = new SecretMask(List.of());

    private static final String SHOWN = "***";

    /** Where {@link Excerpt} leaves something out. */
    private static final Pattern OMISSION = Pattern.compile("\\[\\.\\.\\. \\d+ characters? \\.\\.\\.]");

    /** Each is UTF-8, one character for a byte. */
    private final List<String> secrets;

    private SecretMask(List<String> secrets) {
        this.secrets = secrets;
    }

    /** Returns a mask that hides one more text, which is not empty. */
    public SecretMask with(String secret) {
        Set<String> all = new LinkedHashSet<>(secrets);
        String quoted = ShellWord.quote(secret);
        for (String form : List.of(secret, quoted.substring(1, quoted.length() - 1))) {
            all.add(byteString(form));
            all.add(byteString(Printable.of(form)));
        }
        return new SecretMask(List.copyOf(all));
    }

    /** Masks whole text. */
    public String apply(String text) {
        return apply(text, false, false);
    }

    /**
     * Masks text that may be a part.
     *
     * @param cutAtStart whether text before it is missing, in which a secret may begin
     * @param cutAtEnd whether text after it is missing, in which a secret may end
     */
    public String apply(String text, boolean cutAtStart, boolean cutAtEnd) {
        return secrets.isEmpty()
                ? text
                : mask(byteString(text), cutAtStart, cutAtEnd).text();
    }

    /** Masks a message, of whose parts {@link Excerpt} may have left out something. */
    public String applyToMessage(String message) {
        if (secrets.isEmpty()) {
            return message;
        }
        StringBuilder masked = new StringBuilder();
        Matcher omission = OMISSION.matcher(message);
        int done = 0;
        while (omission.find()) {
            masked.append(apply(message.substring(done, omission.start()), done > 0, true)).append(omission.group());
            done = omission.end();
        }
        return masked.append(apply(message.substring(done), done > 0, false)).toString();
    }

    /** Masks bytes that may be a part, as {@link #apply(String, boolean, boolean)} does. */
    public Masked apply(byte[] bytes, boolean cutAtStart, boolean cutAtEnd) {
        return secrets.isEmpty()
                ? new Masked(bytes, List.of())
                : mask(new String(bytes, StandardCharsets.ISO_8859_1), cutAtStart, cutAtEnd);
    }

    /**
     * Returns where in a stream's bytes, of which more may follow, that part begins of which it is not known yet
     * whether it is a secret, or a part of one.
     *
     * @param bytes what has come so far, one character for a byte
     * @param end where that part begins at the latest
     */
    int undecided(String bytes, int end) {
        int from = end;
        for (String secret : secrets) {
            int start = Math.max(0, bytes.length() - secret.length() + 1);
            while (start < from && !bytes.regionMatches(start, secret, 0, bytes.length() - start)) {
                start++;
            }
            from = Math.min(from, start);
        }
        List<Span> spans = merge(find(bytes, false, false));
        for (int i = spans.size() - 1; i >= 0; i--) {
            Span span = spans.get(i);
            from = span.end() > from ? Math.min(from, span.start()) : from;
        }
        return from;
    }

    /** Returns how many bytes the longest form of a secret has. */
    int longest() {
        return secrets.stream().mapToInt(String::length).max().orElse(0);
    }

    private Masked mask(String bytes, boolean cutAtStart, boolean cutAtEnd) {
        List<Span> spans = merge(find(bytes, cutAtStart, cutAtEnd));
        StringBuilder masked = new StringBuilder();
        int done = 0;
        for (Span span : spans) {
            masked.append(bytes, done, span.start()).append(SHOWN);
            done = span.end();
        }
        masked.append(bytes, done, bytes.length());
        return new Masked(masked.toString().getBytes(StandardCharsets.ISO_8859_1), spans);
    }

    private List<Span> find(String bytes, boolean cutAtStart, boolean cutAtEnd) {
        List<Span> found = new ArrayList<>();
        for (String secret : secrets) {
            for (int at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + 1)) {
                found.add(new Span(at, at + secret.length()));
            }
            int longest = Math.min(secret.length() - 1, bytes.length());
            for (int length = 1; length <= longest; length++) {
                if (cutAtStart && bytes.startsWith(secret.substring(secret.length() - length))) {
                    found.add(new Span(0, length));
                }
                if (cutAtEnd && bytes.endsWith(secret.substring(0, length))) {
                    found.add(new Span(bytes.length() - length, bytes.length()));
                }
            }
        }
        return found;
    }

    private static List<Span> merge(List<Span> spans) {
        spans.sort(Comparator.comparingInt(Span::start));
        List<Span> merged = new ArrayList<>();
        for (Span span : spans) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && span.start() < last.end()) {
                merged.set(merged.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    private static String byteString(String text) {
        return new String(ByteText.encode(text), StandardCharsets.ISO_8859_1);
    }

    private record Span(int start, int end) {}

    /** Bytes without secrets, and where in them the places of the original are. */
    public static final class Masked {

        private final byte[] bytes;
        private final List<Span> spans;

        private Masked(byte[] bytes, List<Span> spans) {
            this.bytes = bytes;
            this.spans = spans;
        }

        /** Returns how many bytes there are. */
        public int length() {
            return bytes.length;
        }

        /**
         * Returns where a place of the original is. One within a secret is after its mask; one within a character of
         * UTF-8 is after that.
         */
        public int position(int original) {
            int position = original;
            for (Span span : spans) {
                if (span.start() >= original) {
                    break;
                }
                position += SHOWN.length() - (Math.min(span.end(), original) - span.start());
            }
            return position + continuation(position);
        }

        private int continuation(int position) {
            int count = 0;
            while (count < 3 && position + count < bytes.length && (bytes[position + count] & 0xC0) == 0x80) {
                count++;
            }
            return count;
        }

        /** Returns a part as text; what is not UTF-8 shows as U+FFFD. */
        public String text(int start, int end) {
            return new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }

        private String text() {
            return ByteText.decode(bytes);
        }
    }
}
