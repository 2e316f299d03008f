package org.junitsandbox.evidence;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON that is ASCII without the characters that mean something in HTML, so that a page can have it as a
 * script's text and nothing in it can end that script.
 */
final class Json {

    private Json() {}

    /** Writes null, a number, a truth value, or a text, and lists and maps of them. */
    static String of(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> of(entry.getKey()) + ":" + of(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : quote(value.toString());
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '\n') {
                quoted.append("\\n");
            } else if (unit < ' ' || unit > '~' || "\"\\<>&'".indexOf(unit) >= 0) {
                quoted.append("\\u").append(hex(unit >> 8)).append(hex(unit & 0xFF));
            } else {
                quoted.append(unit);
            }
        }
        return quoted.append('"').toString();
    }

    private static String hex(int value) {
        return Integer.toHexString(0x100 | value).substring(1);
    }
}
