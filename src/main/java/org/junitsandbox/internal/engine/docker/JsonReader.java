package org.junitsandbox.internal.engine.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON, of which docker-java has a reader of its own that is not for others. An object is a {@link Map}, an array
 * a {@link List}, and a number stays text.
 */
final class JsonReader {

    /** Far more than the files that it is for, and few enough for the stack. */
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int position;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads one value.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    static @Nullable Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value(0);
        if (reader.next() != END) {
            throw reader.unexpected();
        }
        return value;
    }

    /** Returns what a path of names leads to, through objects only; null if there is nothing. */
    static @Nullable Object at(@Nullable Object value, String... names) {
        Object found = value;
        for (String name : names) {
            found = found instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return found;
    }

    /** What {@link #next} returns after the last character: none that JSON knows. */
    private static final char END = '\0';

    /** Skips white space and returns the character after it, which is yet to be read. */
    private char next() {
        while (position < text.length() && " \t\r\n\uFEFF".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : END;
    }

    private @Nullable Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested more than " + MAX_DEPTH + " deep");
        }
        return switch (next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        expect('{');
        while (next() != '}') {
            if (!members.isEmpty()) {
                expect(',');
            }
            next();
            String name = string();
            expect(':');
            members.put(name, value(depth + 1));
        }
        expect('}');
        return members;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        expect('[');
        while (next() != ']') {
            if (!elements.isEmpty()) {
                expect(',');
            }
            elements.add(value(depth + 1));
        }
        expect(']');
        return elements;
    }

    private String string() {
        StringBuilder result = new StringBuilder();
        expect('"');
        while (true) {
            char c = take();
            if (c == '"') {
                return result.toString();
            }
            result.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt("" + take() + take() + take() + take(), 16);
            default -> c;
        };
    }

    private @Nullable Object word() {
        int start = position;
        while (position < text.length() && ",]} \t\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        if (word.equals("null")) {
            return null;
        }
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        if (!word.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
            position = start;
            throw unexpected();
        }
        return word;
    }

    private void expect(char expected) {
        if (next() != expected) {
            throw unexpected();
        }
        position++;
    }

    private char take() {
        if (position == text.length()) {
            throw unexpected();
        }
        return text.charAt(position++);
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                position < text.length()
                        ? "not JSON at character " + (position + 1) + " of " + text.length()
                        : "not JSON: it ends early");
    }
}
