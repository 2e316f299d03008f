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
 * What came of one program.
 *
 * @param end "exit 3", or "ended 3" if the shell ended with it; another word if neither
 * @param stdout in ISO 8859-1, which keeps every byte apart; made comparable by {@link ShellMessages}, as stderr may
 * lead there
 * @param stderr like stdout
 */
record ProgramResult(String end, String stdout, String stderr) {

    private static final Pattern BASH_FATAL_ERROR = Pattern.compile(
            "/bin/bash: (?:syntax error|unexpected |conditional )"
                    + "|: (?:is not set|unbound variable|bad substitution)\n");

    /** What a sandbox tells. */
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
     * As what comes of a single text. A shell of its own does not show whether it would have lived on; and where an
     * error in the syntax or in an expansion ends the text, bash has other exit codes for a text after -c than for any
     * other.
     */
    ProgramResult ofSingleText(ShellKind kind) {
        boolean fatal = kind == ShellKind.BASH && BASH_FATAL_ERROR.matcher(stderr + stdout).find();
        return new ProgramResult(fatal ? "an error of bash" : end.replaceFirst("^ended ", "exit "), stdout, stderr);
    }

    @Override
    public String toString() {
        return end + ", stdout " + EscapedText.of(stdout) + ", stderr " + EscapedText.of(stderr);
    }
}
