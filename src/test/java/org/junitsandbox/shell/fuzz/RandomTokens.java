package org.junitsandbox.shell.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Text that is hardly a program: words of the shell's language in any order, or any characters. As two processes that
 * write at once would race, there are no {@code &} and {@code |}; as it must end, there is no loop and no function that
 * could call itself; and it does not start as an option, which it then would be after {@code sh -c}.
 */
final class RandomTokens {

    private static final List<String> TOKENS = List.of("if", "then", "else", "fi", "case", "esac", "for", "in", "do",
            "done", "{", "}", "(", ")", "((", "))", "[[", "]]", "!", ";", ";;", "\n", "&&", "||", "<", ">", ">>", "<<",
            "<<-", "<<E", "\nE\n", "<&", ">&", "'", "\"", "`", "$(", "${", "$((", "$", "\\", "\\\n", "#", "echo",
            "printf", "cat", "true", "exit 3", "set -e", "set -x", "eval", "exec", "trap", "x", "v=1", "$v", "$@", "$#",
            "${v}", "a b", "*", "?", "[a", "~", "=", "%", "\r\n", "\t", "\u001e", "é", "\u0101", "/dev/null", "2", "1",
            "-", "return", "break", ".", ":", "export", "unset", "read", "cd /tmp", "f() { echo f; }", "f");

    /** Process ids and options, which differ, and definitions of functions of any name. */
    private static final Pattern EXCLUDED = Pattern.compile(
            "\\$(\\\\\n)*\\{?(\\\\\n)*[#!]?(\\\\\n)*[$!_-]|[(](\\s|\\\\\n)*[)]");

    private RandomTokens() {}

    static List<String> draw(SplittableRandom random) {
        List<String> parts;
        do {
            parts = random.nextBoolean() ? tokens(random) : characters(random);
        } while (isExcluded(String.join("", parts)) || parts.get(0).startsWith("-") || parts.get(0).startsWith("+"));
        return parts;
    }

    /** Whether a text may not do the same each time it is run. */
    static boolean isExcluded(String text) {
        return startsProcesses(text) || EXCLUDED.matcher(text.replace("f() { echo f; }", " ")).find();
    }

    /** Whether there is a pipe or a background job in a text, if it is source text. */
    static boolean startsProcesses(String text) {
        String rest = text.replaceAll("(?<!\\\\)(?:&&|[|][|]|<&|>&)", " ");
        return rest.contains("&") || rest.contains("|");
    }

    private static List<String> tokens(SplittableRandom random) {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(2, 20); i > 0; i--) {
            parts.add(TOKENS.get(random.nextInt(TOKENS.size())) + (random.nextInt(3) == 0 ? "" : " "));
        }
        return parts;
    }

    private static List<String> characters(SplittableRandom random) {
        int bound = random.nextBoolean() ? 0x7f : 0x100;
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(1, 40); i > 0; i--) {
            char c;
            do {
                c = (char) random.nextInt(1, bound);
            } while (c == '&' || c == '|');
            parts.add(String.valueOf(c));
        }
        return parts;
    }
}
