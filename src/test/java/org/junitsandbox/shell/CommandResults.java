package org.junitsandbox.shell;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junitsandbox.internal.audit.Counters;
import org.junitsandbox.internal.audit.EffectiveLimits;
import org.junitsandbox.internal.protocol.CapturedOutput;
import org.junitsandbox.spec.ResourceLimits;

/** Creates command results without running commands, for tests of code that reads results. */
public final class CommandResults {

    private static final Usage NO_USAGE = Usage.unknown(new ActivityLog(), "no command has run");

    private CommandResults() {}

    /** Returns a result of {@code tool --flag}, run in /work for 0.25 seconds. */
    public static CommandResult result(Outcome outcome, Output stdout, Output stderr) {
        return new CommandResult(
                Command.of("tool --flag"),
                outcome,
                stdout,
                stderr,
                Duration.ofMillis(250),
                "/work",
                ResourceLimits.DEFAULT,
                null,
                () -> NO_USAGE,
                UnaryOperator.identity());
    }

    /** Returns a result with exit code 0 and no output. */
    public static CommandResult result(String command, Duration duration, String directory) {
        return new CommandResult(
                Command.of(command),
                new Outcome.Exited(0),
                output(""),
                output(""),
                duration,
                directory,
                ResourceLimits.DEFAULT,
                null,
                () -> NO_USAGE,
                UnaryOperator.identity());
    }

    /** Returns a result whose usage is the difference of two readings, and covers these commands. */
    public static CommandResult used(String countersBefore, String countersAfter, String... commands) {
        ActivityLog activities = new ActivityLog();
        for (String command : commands) {
            activities.begin(Activity.running(Command.of(command)));
            activities.took(Duration.ofMillis(250));
        }
        Usage usage = new Usage(
                activities,
                new UsageFigures(EffectiveLimits.parse("NoNewPrivs: 1"), "none")
                        .between(Counters.parse(countersBefore), Counters.parse(countersAfter)));
        return new CommandResult(
                Command.of("tool --flag"),
                new Outcome.Exited(0),
                output(""),
                output(""),
                Duration.ofMillis(250),
                "/work",
                ResourceLimits.DEFAULT,
                null,
                () -> usage,
                UnaryOperator.identity());
    }

    public static CommandResult result(Outcome outcome) {
        return result(outcome, output(""), output(""));
    }

    /** Returns a result with exit code 0. */
    public static CommandResult result(Output stdout, Output stderr) {
        return result(new Outcome.Exited(0), stdout, stderr);
    }

    public static Output output(String text) {
        return output(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Output output(byte[] bytes) {
        return new Output(new CapturedOutput(bytes, bytes.length));
    }

    /** Returns output of which only the beginning was kept. */
    public static Output truncated(String kept, long totalBytes) {
        return new Output(new CapturedOutput(kept.getBytes(StandardCharsets.UTF_8), totalBytes));
    }
}
