package org.junitsandbox.assertj;

import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Head;
import org.junitsandbox.internal.text.Tail;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Output;
import org.junitsandbox.shell.StandardStream;

/** Reports all about a command that helps when an assertion on it has failed. */
final class ResultReport {

    private ResultReport() {}

    static String of(CommandResult result) {
        Secrets secrets = new Secrets(result::masked);
        return "Command:   " + Head.lines(secrets.in(result.command().text()), "           ")
                + "\nOutcome:   " + result.outcome()
                + "\nDuration:  " + Units.round(result.duration())
                + "\nDirectory: " + Excerpt.line(result.directory())
                + "\nLimits:    " + result.limits()
                + "\nStdout:    " + describe(result.output(StandardStream.STDOUT), secrets)
                + "\nStderr:    " + describe(result.output(StandardStream.STDERR), secrets)
                + result.shellRestart().map(ResultReport::newShell).orElse("");
    }

    private static String newShell(String restart) {
        return "\nShell:     new since " + restart + ": without the directory, variables and functions from before";
    }

    /** Describes what was written to a stream: how much, then the last lines. */
    static String describe(Output output, Secrets secrets) {
        if (output.isEmpty()) {
            return "(nothing)";
        }
        Tail tail = Tail.of(secrets.textOf(output.bytes(), output.isTruncated()));
        return Excerpt.count(output.totalBytes(), "byte") + truncation(output) + tail.omission() + tail.lines();
    }

    private static String truncation(Output output) {
        return output.isTruncated() ? " (truncated: the first " + output.bytes().length + " were kept)" : "";
    }
}
