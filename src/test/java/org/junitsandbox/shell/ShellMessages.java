package org.junitsandbox.shell;

import java.util.regex.Pattern;

/**
 * Makes a shell's own messages comparable, where a command runs within {@code command eval '…'} and where it runs as
 * {@code sh -c}.
 * These are all the differences that there are.
 */
final class ShellMessages {

    /** A shell says where in its source text an error is, and a sandbox's source text is a long one. */
    private static final Pattern BASH_PLACE = Pattern.compile("(?m)^/bin/bash: (?:-c: |eval: )?line \\d+: ");

    private static final Pattern BASH_HEREDOC_PLACE = Pattern.compile("here-document at line \\d+ ");

    /** dash names the built-in that is running, which is the sandbox's eval where there is no other. */
    private static final Pattern DASH_PLACE = Pattern.compile("(?m)^/bin/sh: (\\d+): (?:eval: )?");

    /** busybox does as dash; without eval it leaves the line out, or counts from 0. */
    private static final Pattern BUSYBOX_EVAL = Pattern.compile("(?m)^/bin/sh: eval: line \\d+: ");

    private static final Pattern BUSYBOX_PLACE = Pattern.compile("(?m)^/bin/sh: (\\w+): line \\d+: ");

    /** bash repeats the first character of a trace's prompt once more for each eval. */
    private static final Pattern BASH_TRACE_IN_EVAL = Pattern.compile("(?m)^\\+(?=\\++ )");

    private ShellMessages() {}

    /** What a shell wrote to stderr in a sandbox. */
    static String fromSandbox(ShellKind kind, String stderr) {
        return plain(kind, kind == ShellKind.BASH ? BASH_TRACE_IN_EVAL.matcher(stderr).replaceAll("") : stderr);
    }

    /** What a shell wrote to stderr, without the places that it names. */
    static String plain(ShellKind kind, String stderr) {
        return switch (kind) {
            case BASH -> BASH_HEREDOC_PLACE
                    .matcher(BASH_PLACE.matcher(stderr).replaceAll("/bin/bash: "))
                    .replaceAll("here-document ");
            case DASH -> DASH_PLACE.matcher(stderr).replaceAll("/bin/sh: $1: ");
            case BUSYBOX -> BUSYBOX_PLACE
                    .matcher(BUSYBOX_EVAL.matcher(stderr).replaceAll("/bin/sh: "))
                    .replaceAll("/bin/sh: $1: ");
        };
    }
}
