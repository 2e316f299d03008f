package org.junitsandbox.shell;

import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.SecretMask;

/**
 * What a transcript keeps of a command's text: all of a short one, of a longer one the beginning and the end.
 *
 * @param tail empty if nothing was left out
 */
record KeptText(String head, int omitted, String tail) {

    private static final int MAX_CHARS = 64 << 10;

    static KeptText of(String text) {
        if (text.length() <= MAX_CHARS) {
            return new KeptText(text, 0, "");
        }
        int end = Excerpt.boundary(text, MAX_CHARS / 2);
        int start = Excerpt.boundary(text, text.length() - MAX_CHARS / 2);
        return Excerpt.isWorthOmitting(start - end)
                ? new KeptText(text.substring(0, end), start - end, text.substring(start))
                : new KeptText(text, 0, "");
    }

    String masked(SecretMask mask) {
        return omitted == 0
                ? mask.apply(head)
                : mask.apply(head, false, true) + Excerpt.omission(omitted) + mask.apply(tail, true, false);
    }

    /** Masks it as a message, of whose parts {@link Excerpt} may have left out something. */
    String maskedMessage(SecretMask mask) {
        return omitted == 0 ? mask.applyToMessage(head) : masked(mask);
    }

    int size() {
        return head.length() + tail.length();
    }
}
