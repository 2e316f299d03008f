package org.junitsandbox.assertj;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junitsandbox.internal.text.ByteText;
import org.junitsandbox.internal.text.Excerpt;

/**
 * Hides the secrets of a sandbox in messages. What a sandbox wrote is masked before a part of it is shown: a part of a
 * secret is not found.
 *
 * @param mask masks texts, and takes what {@link Excerpt} has left out for the place of a part of a secret
 */
record Secrets(UnaryOperator<List<String>> mask) {

    static final Secrets NONE = new Secrets(texts -> texts);

    /** What stands for the rest of a text that was cut. */
    private static final String CUT = Excerpt.omission(1);

    /** Masks whole text, or a message. */
    String in(String text) {
        return mask.apply(List.of(text)).get(0);
    }

    /** Masks whole content, which may be any bytes. */
    byte[] in(byte[] bytes) {
        return ByteText.encode(in(ByteText.decode(bytes)));
    }

    /** Masks the beginning of a content that may go on. */
    byte[] inBeginning(byte[] bytes) {
        String masked = in(ByteText.decode(bytes) + CUT);
        return ByteText.encode(masked.substring(0, masked.length() - CUT.length()));
    }

    /** Masks a text, or the beginning of one that goes on ({@code isCut}), and returns it as UTF-8 text. */
    String textOf(byte[] bytes, boolean isCut) {
        return new String(isCut ? inBeginning(bytes) : in(bytes), StandardCharsets.UTF_8);
    }
}
