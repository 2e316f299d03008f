package org.junitsandbox.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which files of a build's folder are left out, by the rules of {@code .dockerignore}: the last line that fits decides.
 */
final class IgnoreFile {

    private final List<Rule> rules = new ArrayList<>();

    /** A line of the file. */
    private record Rule(Pattern pattern, boolean leavesOut) {}

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if a line is not a valid pattern
     */
    IgnoreFile(List<String> lines) {
        for (String line : lines) {
            String text = line.strip();
            if (!text.isEmpty() && !line.startsWith("#")) {
                boolean isException = text.startsWith("!");
                String path = normalized(isException ? text.substring(1).strip() : text);
                if (!path.isEmpty()) {
                    rules.add(new Rule(pattern(path), !isException));
                }
            }
        }
    }

    /** Removes what a path does not need: {@code /a/./b//c/..} is {@code a/b}. */
    private static String normalized(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty()) {
                names.remove(names.size() - 1);
            } else if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }

    private static Pattern pattern(String path) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '*' && path.startsWith("**", i)) {
                boolean isFolder = path.startsWith("**/", i);
                i += isFolder ? 2 : 1;
                regex.append(i + 1 == path.length() ? ".*" : "(?:.*/)?");
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[' && path.indexOf(']', i) > 0) {
                int end = path.indexOf(']', i);
                regex.append('[')
                        .append(path.substring(i + 1, end).replace("[", "\\[").replace("&", "\\&"))
                        .append(']');
                i = end;
            } else {
                boolean isEscape = c == '\\' && i + 1 < path.length();
                i += isEscape ? 1 : 0;
                regex.append(Pattern.quote(path.substring(i, i + 1)));
            }
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + path + "\" is not a valid pattern", e);
        }
    }

    /**
     * Returns whether a file is left out, itself or with a folder that it is in.
     *
     * @param path relative to the build's folder, with {@code /} between the names
     */
    boolean leavesOut(String path) {
        boolean leftOut = false;
        for (Rule rule : rules) {
            if (rule.leavesOut() != leftOut && fits(rule.pattern(), path)) {
                leftOut = rule.leavesOut();
            }
        }
        return leftOut;
    }

    private static boolean fits(Pattern pattern, String path) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            if (pattern.matcher(path.substring(0, end)).matches()) {
                return true;
            }
        }
        return pattern.matcher(path).matches();
    }

    /** Whether something below a folder that is left out may be taken all the same. */
    boolean hasExceptions() {
        return rules.stream().anyMatch(rule -> !rule.leavesOut());
    }
}
