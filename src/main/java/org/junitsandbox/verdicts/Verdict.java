package org.junitsandbox.verdicts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Figure;
import org.junitsandbox.shell.Outcome;

/**
 * What a command did with one input of a {@link Trial}: a row of the table. Immutable, so safe for use by several
 * threads.
 *
 * @since 0.1
 */
public final class Verdict {

    private final TrialInput input;
    private final List<String> violations;
    private final @Nullable String failure;
    private final @Nullable Run run;

    /** What is kept of a result: not what was printed. */
    private record Run(
            Outcome outcome, Duration wallTime, Figure<Duration> cpuTime, Figure<Long> peakMemory, long outputBytes) {}

    private Verdict(TrialInput input, List<String> violations, @Nullable String failure, @Nullable Run run) {
        this.input = input;
        this.violations = List.copyOf(violations);
        this.failure = failure;
        this.run = run;
    }

    static Verdict of(TrialInput input, CommandResult result, List<String> violations) {
        Run run = new Run(
                result.outcome(),
                result.duration(),
                result.usage().cpuTime(),
                result.usage().peakMemory(),
                Cost.outputBytes(result));
        return new Verdict(input, violations, null, run);
    }

    static Verdict failed(TrialInput input, String failure) {
        return new Verdict(input, List.of(failure), failure, null);
    }

    /** {@return what the command was given} */
    public TrialInput input() {
        return input;
    }

    /** {@return how the command ended; empty if that is not known, as its sandbox was lost or it could not be run} */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(run).map(Run::outcome);
    }

    /** {@return why it is not known how the command ended; empty if it is} */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@return how long the command took; empty if that is not known} */
    public Optional<Duration> wallTime() {
        return Optional.ofNullable(run).map(Run::wallTime);
    }

    /** {@return the CPU time of all processes; empty if the command was not run to its end} */
    public Optional<Figure<Duration>> cpuTime() {
        return Optional.ofNullable(run).map(Run::cpuTime);
    }

    /** {@return the most memory that was in use, in bytes; empty if the command was not run to its end} */
    public Optional<Figure<Long>> peakMemory() {
        return Optional.ofNullable(run).map(Run::peakMemory);
    }

    /** {@return how much was written to stdout and stderr, in bytes; empty if the command was not run to its end} */
    public Optional<Long> outputBytes() {
        return Optional.ofNullable(run).map(Run::outputBytes);
    }

    /**
     * Returns what was found against the rules. An input that could not be judged, as its sandbox was lost for example,
     * has the reason as a violation.
     *
     * @return texts of one line each, escaped; unmodifiable. Of very many, the first and how many more there are
     */
    public List<String> violations() {
        return violations;
    }

    /** {@return whether there is at least one violation} */
    public boolean isViolation() {
        return !violations.isEmpty();
    }

    /** {@return the row of the table, below its heading} */
    @Override
    public String toString() {
        return VerdictTable.of(List.of(this));
    }
}
