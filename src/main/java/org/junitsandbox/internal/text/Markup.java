package org.junitsandbox.internal.text;

/** Writes text as markup of ASCII in which nothing but that text is. */
public final class Markup {

    private Markup() {}

    /** Writes what is fit for the content of an element and for an attribute in double quotes. */
    public static String text(String text) {
        StringBuilder markup = new StringBuilder();
        Printable.of(text).codePoints().forEach(character -> {
            if (character < ' ' || character > '~' || "&<>\"'`".indexOf(character) >= 0) {
                markup.append("&#").append(character).append(';');
            } else {
                markup.appendCodePoint(character);
            }
        });
        return markup.toString();
    }
}
