package org.junitsandbox.shell.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Generates text that is hardly a program: tokens of the shell language in any order, or any characters. It contains no
 * {@code &} and {@code |}, as concurrent writers would race; no loop and no recursive function, as it must end; and it
 * does not start like an option, as {@code sh -c} would read it as one.
 */
final class RandomTokens {

    private static final List<String> TOKENS = List.of("if", "then", "else", "fi", "case", "esac", "for", "in", "do",
            "done", "{", "}", "(", ")", "((", "))", "[[", "]]", "!", ";", ";;", "\n", "&&", "||", "<", ">", ">>", "<<",
            "<<-", "<<E", "\nE\n", "<&", ">&", "'", "\"", "`", "$(", "${", "$((", "$", "\\", "\\\n", "#", "echo",
            "printf", "cat", "true", "exit 3", "set -e", "set -x", "eval", "exec", "trap", "x", "v=1", "$v", "$@", "$#",
            "${v}", "a b", "*", "?", "[a", "~", "=", "%", "\r\n", "\t", "\u001e", "é", "\u0101", "/dev/null", "2", "1",
            "-", "return", "break", ".", ":", "export", "unset", "read", "cd /tmp", "f() { echo f; }", "f");

    /** Process ids and options, which differ between runs, and function definitions, which may be recursive. */
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

    /** Returns whether the result of a text may differ between runs. */
    static boolean isExcluded(String text) {
        return startsProcesses(text) || EXCLUDED.matcher(text.replace("f() { echo f; }", " ")).find();
    }

    /** Returns whether a text, read as source, contains a pipe or a background job. */
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
