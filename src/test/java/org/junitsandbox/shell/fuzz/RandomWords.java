package org.junitsandbox.shell.fuzz;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junitsandbox.internal.text.ShellWord;

/** Generates random words and other small pieces of shell source. */
final class RandomWords {

    private static final List<String> PLAIN = List.of("a", "b c", "x=1", "-n", "--", "%s", "%d%%", "*", "~", "#", "!",
            "{", "}", "[", "if", "fi", "done", "eval", "é", "世界", "🙂", "end 1 0", "\\n", "\\036", "\t", "", " ", "'",
            "\"", "\\", "`", "$", ";", "<", ">", "(", ")");

    private static final List<String> UNQUOTED = List.of("a", "foo", "x=1", "-n", "--", "%s", "%d%%", "/et[c]/pass*",
            "~", "a#b", "é", "世界", "if", "fi", "in", "a\\\nb", "\\a", "\\ ", "\\'", "\\\"", "\\$", "''", "\"\"",
            "{a,b}", "a=b", "!", "1", "0");

    private static final List<String> EXPANSIONS = List.of("$v", "${v}", "${v:-unset}", "${#v}", "${v#a}", "${v%%c*}",
            "${v+set}", "$((1 + 2))", "$(echo sub)", "`echo old`", "$(printf 'a\\n\\n\\n')", "$#", "$*", "$@", "$0",
            "$(( 7 / 2 * v0 ))", "${_odd_1}", "${w-}", "$1", "$(echo \"it's\")", "`echo \\`echo deep\\``",
            "$(cat <<I\nin\nI\n)", "${v-'q'}", "$?");

    /**
     * Multibyte characters whose bytes dash and bash use internally as control characters, and some others.
     */
    private static final List<String> MARKED = List.of("A\u0301", "\u0101", "\u0141\u0142\u0143", "\u00c1\u00c7\u00c8",
            "\u2041\u2042", "\u0081", "\u0088", "\u00ff", "\uff01", "\ufeff", "\u2028", "\u007f");

    private final SplittableRandom random;

    RandomWords(SplittableRandom random) {
        this.random = random;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String word() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> oneOf(UNQUOTED);
            case 2, 3 -> ShellWord.quote(content());
            case 4, 5 -> '"' + content().replaceAll("[\"\\\\$`]", "\\\\$0")
                    + oneOf(EXPANSIONS).replace('"', '\'') + '"';
            case 6 -> oneOf(EXPANSIONS);
            case 7 -> "$'" + content().replace("'", "\\'") + "'";
            default -> oneOf(UNQUOTED) + ShellWord.quote(content()) + oneOf(EXPANSIONS);
        };
    }

    String words() {
        return IntStream.range(0, random.nextInt(4)).mapToObj(i -> word()).collect(Collectors.joining(" "));
    }

    /**
     * Any text without NUL, for use in quotes. A missing quote elsewhere may turn it into source text, so it starts no
     * process and uses nothing that differs between runs.
     */
    String content() {
        String content;
        do {
            content = anyContent();
        } while (RandomTokens.isExcluded(content) || content.endsWith("$"));
        return content;
    }

    private String anyContent() {
        StringBuilder content = new StringBuilder();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            content.append(
                    switch (random.nextInt(8)) {
                        case 0 -> String.valueOf((char) random.nextInt(1, 0x100));
                        case 1 -> "\u001e" + "A".repeat(random.nextInt(24)) + oneOf(List.of("", " ", " end 1 0\u001e",
                                "\u001e"));
                        case 2 -> oneOf(MARKED);
                        case 3 -> "\n".repeat(random.nextInt(4));
                        default -> oneOf(PLAIN);
                    });
        }
        return content.toString();
    }

    /** Octal escapes for printf: any bytes, often the first byte of a marker. */
    String escapes() {
        StringBuilder escapes = new StringBuilder();
        for (int i = random.nextInt(1, 40); i > 0; i--) {
            int value = random.nextInt(6) == 0 ? 0x1e : random.nextInt(256);
            escapes.append(String.format("\\%03o", value));
        }
        return escapes.toString();
    }

    /** A valid variable name, often one that the supervisor uses itself; none whose value differs between processes. */
    String name() {
        return oneOf(List.of("v", "v", "w", "_odd_1", "V", "v0", "status", "id", "word", "input", "lines", "home",
                "nonce", "kept", "command", "end", "worker", "newline", "locale"));
    }

    String signal() {
        return oneOf(List.of("USR1", "USR2", "TERM", "HUP"));
    }
}
