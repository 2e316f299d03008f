package org.junitsandbox.assertj;

import java.util.Arrays;
import org.junitsandbox.internal.text.Excerpt;

/** The first difference between two contents. */
final class Difference {

    private static final int MAX_CHARS = 40;

    private Difference() {}

    /** A sentence on the first difference between texts that differ. */
    static String between(String expected, String found) {
        int shorter = Math.min(expected.length(), found.length());
        int index = 0;
        while (index < shorter && expected.charAt(index) == found.charAt(index)) {
            index++;
        }
        index = Math.min(Excerpt.boundary(expected, index), Excerpt.boundary(found, index));
        long line = 1 + found.substring(0, index).chars().filter(c -> c == '\n').count();
        return "From index " + index + " on (line " + line + "), "
                + sentence(rest(expected, index), rest(found, index));
    }

    /** A sentence on the first difference between bytes that differ. */
    static String between(byte[] expected, byte[] found) {
        int index = Arrays.mismatch(expected, found);
        return "From byte " + index + " on, " + sentence(Excerpt.hex(expected, index), Excerpt.hex(found, index));
    }

    private static String sentence(String expected, String found) {
        return "expected " + expected + " but found " + found + ".";
    }

    private static String rest(String text, int index) {
        return index == text.length() ? "the end" : Excerpt.quote(text.substring(index), MAX_CHARS);
    }
}
