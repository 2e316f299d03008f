package org.junitsandbox.shell.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junitsandbox.fuzz.EscapedText;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Output;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.shell.conformance.ShellMessages;

/**
 * The result of one program.
 *
 * @param end "exit 3", or "ended 3" if the shell ended as well; otherwise the outcome's text
 * @param stdout in ISO 8859-1, which keeps every byte distinct; normalized by {@link ShellMessages}, as a program may
 * redirect stderr to it
 * @param stderr like {@code stdout}
 */
record ProgramResult(String end, String stdout, String stderr) {

    private static final Pattern BASH_FATAL_ERROR = Pattern.compile(
            "/bin/bash: (?:syntax error|unexpected |conditional )"
                    + "|: (?:is not set|unbound variable|bad substitution)\n");

    /** Returns the result of a command in a sandbox. */
    static ProgramResult inSandbox(ShellKind kind, CommandResult result) {
        Outcome outcome = result.outcome();
        String end = outcome.toString();
        if (outcome instanceof Outcome.Exited exited) {
            end = "exit " + exited.code();
        } else if (outcome instanceof Outcome.ShellExited && outcome.exitCode().isPresent()) {
            end = "ended " + outcome.exitCode().getAsInt();
        }
        return new ProgramResult(
                end,
                ShellMessages.fromSandbox(kind, latin1(result.output(StandardStream.STDOUT))),
                ShellMessages.fromSandbox(kind, latin1(result.output(StandardStream.STDERR))));
    }

    private static String latin1(Output output) {
        return output.text(StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns this result without what a new shell for a single text cannot show: whether the shell would have
     * persisted; and in bash the exit code of a syntax or expansion error, which is different for a text after -c.
     */
    ProgramResult ofSingleText(ShellKind kind) {
        boolean fatal = kind == ShellKind.BASH && BASH_FATAL_ERROR.matcher(stderr + stdout).find();
        return new ProgramResult(
                fatal ? "a fatal error in bash" : end.replaceFirst("^ended ", "exit "), stdout, stderr);
    }

    @Override
    public String toString() {
        return end + ", stdout " + EscapedText.of(stdout) + ", stderr " + EscapedText.of(stderr);
    }
}
