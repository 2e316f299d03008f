package org.junitsandbox.assertj;

import java.time.Duration;
import java.util.Locale;
import org.junitsandbox.shell.CommandResult;

/** Tells all about a command that is of use when an assertion on it failed. */
final class ResultReport {

    private ResultReport() {}

    static String of(CommandResult result) {
        return "Command:   " + result.command().text().replace("\n", "\n           ")
                + "\nOutcome:   " + result.outcome()
                + "\nDuration:  " + describe(result.duration())
                + "\nDirectory: " + Excerpt.escape(result.directory())
                + "\nLimits:    " + result.limits()
                + "\nStdout:    " + Tail.of(result.output())
                + "\nStderr:    " + Tail.of(result.errors());
    }

    /** As ISO 8601 has it, less the "PT": 1m30.5s. */
    static String describe(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
