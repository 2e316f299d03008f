package org.junitsandbox.assertj;

import java.util.function.Supplier;
import org.assertj.core.presentation.Representation;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Printable;

/**
 * Writes values for AssertJ's own messages, such as those on the text of a stream, so that what comes from a sandbox is
 * fit for them: without secrets, escaped, no line of it like one of the message's own, and of a long text the beginning
 * and the end.
 *
 * @param secrets those that are known when a message is written
 */
record PrintableRepresentation(Representation plain, Supplier<Secrets> secrets) implements Representation {

    private static final int MAX_CHARS = 4_000;

    static Representation of(Representation plain, Supplier<Secrets> secrets) {
        return plain instanceof PrintableRepresentation ? plain : new PrintableRepresentation(plain, secrets);
    }

    @Override
    public @Nullable String toStringOf(@Nullable Object object) {
        return printable(plain.toStringOf(masked(object)));
    }

    @Override
    public @Nullable String unambiguousToStringOf(@Nullable Object object) {
        return printable(plain.unambiguousToStringOf(masked(object)));
    }

    /** Bytes are written as numbers, in which no secret would be found. */
    private @Nullable Object masked(@Nullable Object object) {
        return object instanceof byte[] bytes ? secrets.get().in(bytes) : object;
    }

    /** Of null, AssertJ's own representation is null. */
    private @Nullable String printable(@Nullable String text) {
        return text == null
                ? null
                : Printable.lines(Excerpt.ends(secrets.get().in(text), MAX_CHARS)).replace("\n", "\n  | ");
    }
}
