package org.junitsandbox.assertj;

import org.assertj.core.presentation.Representation;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Printable;

/**
 * Writes values for AssertJ's own messages, such as those on the text of a stream, so that what comes from a sandbox is
 * fit for them: escaped, no line of it like one of the message's own, and of a long text the beginning and the end.
 */
record PrintableRepresentation(Representation plain) implements Representation {

    private static final int MAX_CHARS = 4_000;

    static Representation of(Representation plain) {
        return plain instanceof PrintableRepresentation ? plain : new PrintableRepresentation(plain);
    }

    @Override
    public @Nullable String toStringOf(@Nullable Object object) {
        return printable(plain.toStringOf(object));
    }

    @Override
    public @Nullable String unambiguousToStringOf(@Nullable Object object) {
        return printable(plain.unambiguousToStringOf(object));
    }

    /** Of null, AssertJ's own representation is null. */
    private static @Nullable String printable(@Nullable String text) {
        return text == null ? null : Printable.lines(Excerpt.ends(text, MAX_CHARS)).replace("\n", "\n  | ");
    }
}
