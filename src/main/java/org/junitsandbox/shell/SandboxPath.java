package org.junitsandbox.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junitsandbox.internal.text.ShellWord;

/** Paths in a sandbox as words of shell source, such that no program takes one for an option. */
final class SandboxPath {

    private SandboxPath() {}

    /** Quotes a path, absolute or relative to the shell's directory. */
    static String quote(String path) {
        return ShellWord.quote(explicit(path));
    }

    /** Quotes the directory that a path is in. */
    static String quoteParent(String path) {
        String explicit = explicit(path);
        int slash = explicit.lastIndexOf('/');
        return ShellWord.quote(slash == 0 ? "/" : explicit.substring(0, slash));
    }

    /** Returns the absolute path of a directory as {@code cd} has it afterwards: without dots, with links as named. */
    static String enter(String from, String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : (path.startsWith("/") ? path : from + "/" + path).split("/", -1)) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    private static String explicit(String path) {
        return path.startsWith("/") ? path : "./" + path;
    }
}
