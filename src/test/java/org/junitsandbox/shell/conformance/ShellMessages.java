package org.junitsandbox.shell.conformance;

import java.util.regex.Pattern;
import org.junitsandbox.harness.ShellKind;

/**
 * Normalizes a shell's own messages, which differ between a command within {@code command eval '…'} and one after
 * {@code sh -c}. These are all such differences.
 */
public final class ShellMessages {

    /** The place of an error in the source text, which in a sandbox includes all earlier commands. */
    private static final Pattern BASH_PLACE = Pattern.compile("(?:/bin/bash|/dev/fd/5): (?:-c: |eval: )?line \\d+: ");

    /** The place in a function that eval or the text after -c has defined. */
    private static final Pattern BASH_FUNCTION_PLACE = Pattern.compile("(?:main|environment): (?:eval: )?line \\d+: ");

    /** The process id of a killed process. */
    private static final Pattern BASH_KILLED = Pattern.compile("/bin/bash: +\\d+ (?=[A-Z])");

    private static final Pattern BASH_SUBSTITUTION_PLACE = Pattern.compile("command substitution: line \\d+: ");

    private static final Pattern BASH_HEREDOC_PLACE = Pattern.compile("here-document at line \\d+ ");

    /** The running built-in; if the command uses none, it is the eval of the sandbox. */
    private static final Pattern DASH_PLACE = Pattern.compile("/bin/sh: (\\d+): (?:eval: )?");

    /** One of two messages of dash without job control; which one depends on whether an ended job is still listed. */
    private static final Pattern DASH_NO_JOB =
            Pattern.compile("(?<=[fb]g: )job \\(null\\) not created under job control");

    /** The place of a syntax error; how far dash has read then depends on the source of the text. */
    private static final Pattern DASH_SYNTAX_PLACE = Pattern.compile("/bin/sh: \\d+: (?=Syntax error)");

    /** The same in busybox, which without eval omits the line or counts from 0. */
    private static final Pattern BUSYBOX_EVAL = Pattern.compile("/bin/sh: eval: line \\d+: ");

    private static final Pattern BUSYBOX_PLACE = Pattern.compile("/bin/sh: ([^:\n]+): line \\d+: ");

    /** The first character of a trace's prompt, which bash repeats for each eval. */
    private static final Pattern BASH_TRACE_IN_EVAL = Pattern.compile("(?m)^\\+(?=\\++ )");

    /** A kill of the shell by itself in a trace, which shows the process id in place of "$$". */
    private static final Pattern TRACE_OF_SELF_KILL = Pattern.compile("(?m)^(\\++ kill(?: -\\w+)?) \\d+$");

    private ShellMessages() {}

    /** Normalizes the output of a shell in a sandbox. */
    public static String fromSandbox(ShellKind kind, String stderr) {
        return plain(kind, kind == ShellKind.BASH ? BASH_TRACE_IN_EVAL.matcher(stderr).replaceAll("") : stderr);
    }

    /** Normalizes the output of any shell. */
    public static String plain(ShellKind kind, String stderr) {
        String text = TRACE_OF_SELF_KILL.matcher(stderr).replaceAll("$1 \\$\\$");
        return switch (kind) {
            case BASH -> plainBash(text);
            case DASH -> plainDash(text);
            case BUSYBOX -> BUSYBOX_PLACE
                    .matcher(BUSYBOX_EVAL.matcher(text).replaceAll("/bin/sh: "))
                    .replaceAll("/bin/sh: $1: ");
        };
    }

    private static String plainDash(String stderr) {
        String places = DASH_PLACE.matcher(stderr).replaceAll("/bin/sh: $1: ");
        return DASH_NO_JOB
                .matcher(DASH_SYNTAX_PLACE.matcher(places).replaceAll("/bin/sh: "))
                .replaceAll("No current job");
    }

    private static String plainBash(String stderr) {
        String places = BASH_PLACE.matcher(stderr).replaceAll("/bin/bash: ");
        places = BASH_FUNCTION_PLACE.matcher(places).replaceAll("/bin/bash: ");
        places = BASH_SUBSTITUTION_PLACE.matcher(places).replaceAll("command substitution: ");
        return BASH_HEREDOC_PLACE
                .matcher(BASH_KILLED.matcher(places).replaceAll("/bin/bash: process "))
                .replaceAll("here-document ");
    }
}
