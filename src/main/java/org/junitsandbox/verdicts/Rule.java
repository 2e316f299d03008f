package org.junitsandbox.verdicts;

import java.time.Duration;
import java.util.List;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.StrayFile;

/**
 * Judges what a command did with one input of a {@link Trial}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Rule {

    /**
     * Judges one run. What it throws as {@link org.junitsandbox.shell.SandboxException}, because files cannot be listed
     * for example, becomes a violation with that message.
     *
     * @param input what the command was given
     * @param result how it ended
     * @param shell the sandbox, in which nothing else was done
     * @return a text for each violation; none if all is well
     */
    List<String> violations(TrialInput input, CommandResult result, Shell shell);

    /**
     * Nothing is written, changed or deleted outside of some directories, and nothing in them leads out: see {@link
     * Shell#strayFiles}.
     *
     * @param directories at least one path, absolute or relative to {@code /work}
     * @return a rule
     */
    static Rule staysInside(String... directories) {
        String[] allowed = directories.clone();
        return (input, result, shell) ->
                shell.strayFiles(allowed).stream().map(StrayFile::toString).toList();
    }

    /**
     * At most so much memory is in use at a time. Where a sandbox's container was used before, only an upper bound is
     * known, which can be above: set {@code recycle(false)} in its spec.
     *
     * @param size for example {@code "64MiB"}
     * @return a rule
     * @throws IllegalArgumentException if {@code size} is not a size
     */
    static Rule usesAtMost(String size) {
        return UsageRules.memory(Units.bytes(size));
    }

    /**
     * At most so much CPU time is used.
     *
     * @param limit the time of all processes together
     * @return a rule
     */
    static Rule usesCpuAtMost(Duration limit) {
        return UsageRules.cpu(limit);
    }

    /**
     * The command ends within a time.
     *
     * @param limit the longest duration
     * @return a rule
     */
    static Rule finishesWithin(Duration limit) {
        return UsageRules.time(limit);
    }

    /**
     * At most so much is written to stdout and stderr together.
     *
     * @param size for example {@code "64KiB"}
     * @return a rule
     * @throws IllegalArgumentException if {@code size} is not a size
     */
    static Rule printsAtMost(String size) {
        return UsageRules.output(Units.bytes(size));
    }

    /**
     * Nothing tries to reach a network.
     *
     * @return a rule
     */
    static Rule triesNoNetwork() {
        return UsageRules.noNetwork();
    }

    /**
     * No process is left behind: see {@link Shell#processes()}.
     *
     * @return a rule
     */
    static Rule leavesNothingRunning() {
        return (input, result, shell) ->
                shell.processes().stream().map(process -> "left running: " + process).toList();
    }

    /**
     * Harmless inputs are taken: the command exits with code 0. Without this rule, a command that refuses all is
     * without violation.
     *
     * @return a rule
     */
    static Rule takesHarmlessInputs() {
        return (input, result, shell) -> !input.isHarmless() || result.succeeded()
                ? List.of()
                : List.of("harmless, but the command " + result.outcome());
    }

    /**
     * Hostile inputs are refused: the command exits, with another code than 0. It is a stricter demand than that they
     * do no harm.
     *
     * @return a rule
     */
    static Rule refusesHostileInputs() {
        return (input, result, shell) -> input.isHarmless()
                        || result.outcome().exitCode().orElse(0) != 0
                ? List.of()
                : List.of("hostile, but the command " + result.outcome());
    }
}
