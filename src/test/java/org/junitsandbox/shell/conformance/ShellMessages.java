package org.junitsandbox.shell.conformance;

import java.util.regex.Pattern;
import org.junitsandbox.harness.ShellKind;

/**
 * Makes a shell's own messages comparable, where a command runs within {@code command eval '…'} and where it runs as
 * {@code sh -c}.
 * These are all the differences that there are.
 */
public final class ShellMessages {

    /** A shell says where in its source text an error is, and a sandbox's source text is a long one. */
    private static final Pattern BASH_PLACE = Pattern.compile("/bin/bash: (?:-c: |eval: )?line \\d+: ");

    /** Within a function that eval has defined, or the text after -c. */
    private static final Pattern BASH_FUNCTION_PLACE = Pattern.compile("(?:main|environment): (?:eval: )?line \\d+: ");

    /** bash names the process that was killed. */
    private static final Pattern BASH_KILLED = Pattern.compile("/bin/bash: +\\d+ (?=[A-Z])");

    private static final Pattern BASH_SUBSTITUTION_PLACE = Pattern.compile("command substitution: line \\d+: ");

    private static final Pattern BASH_HEREDOC_PLACE = Pattern.compile("here-document at line \\d+ ");

    /** dash names the built-in that is running, which is the sandbox's eval where there is no other. */
    private static final Pattern DASH_PLACE = Pattern.compile("/bin/sh: (\\d+): (?:eval: )?");

    /** Without job control, dash says either, by whether a job that has ended is still in its table. */
    private static final Pattern DASH_NO_JOB =
            Pattern.compile("(?<=[fb]g: )job \\(null\\) not created under job control");

    /** How far dash has read when it finds an error in the syntax depends on where the text comes from. */
    private static final Pattern DASH_SYNTAX_PLACE = Pattern.compile("/bin/sh: \\d+: (?=Syntax error)");

    /** busybox does as dash; without eval it leaves the line out, or counts from 0. */
    private static final Pattern BUSYBOX_EVAL = Pattern.compile("/bin/sh: eval: line \\d+: ");

    private static final Pattern BUSYBOX_PLACE = Pattern.compile("/bin/sh: ([^:\n]+): line \\d+: ");

    /** bash repeats the first character of a trace's prompt once more for each eval. */
    private static final Pattern BASH_TRACE_IN_EVAL = Pattern.compile("(?m)^\\+(?=\\++ )");

    /** In a trace, the shell's own process id has taken the place of "$$". */
    private static final Pattern TRACE_OF_OWN_END = Pattern.compile("(?m)^(\\++ kill(?: -\\w+)?) \\d+$");

    private ShellMessages() {}

    /** What a shell wrote in a sandbox. */
    public static String fromSandbox(ShellKind kind, String stderr) {
        return plain(kind, kind == ShellKind.BASH ? BASH_TRACE_IN_EVAL.matcher(stderr).replaceAll("") : stderr);
    }

    /** What a shell wrote, without the places that it names. */
    public static String plain(ShellKind kind, String stderr) {
        String text = TRACE_OF_OWN_END.matcher(stderr).replaceAll("$1 \\$\\$");
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
