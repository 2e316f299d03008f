package org.junitsandbox.shell.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.harness.EngineLimits;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/**
 * A hostile command and its expected result.
 *
 * @param name its name in the table
 * @param spec the sandbox it runs in
 * @param command its shell text
 * @param timeLimit its time limit
 * @param verdict checks the result and summarizes it for the table
 * @param heldBy the limit without which the attack would use as much of the machine as its program allows; null if it
 * relies on none
 * @param proof a sandbox in which it succeeds; null if there is none
 */
record Attack(
        String name,
        SandboxSpec spec,
        String command,
        String timeLimit,
        Verdict verdict,
        EngineLimits.@Nullable Limit heldBy,
        @Nullable Proof proof) {

    /** Debian with a setuid-root program, and otherwise the defaults. */
    static final SandboxSpec SPEC =
            SandboxSpec.of("debian:bookworm-slim").setup("cp /usr/bin/id /opt/id && chmod 4755 /opt/id");

    /** Checks a result, if need be with more commands in the same sandbox, and returns a summary for the table. */
    @FunctionalInterface
    interface Verdict {
        String of(CommandResult result, Shell shell) throws Exception;
    }

    /** Checks that an attack succeeded. */
    @FunctionalInterface
    interface Success {
        void check(CommandResult result) throws Exception;
    }

    /**
     * Shows that an attack is real: in a sandbox without the obstacle, it succeeds.
     *
     * @param spec the sandbox that allows it
     * @param success checks that it succeeded there
     */
    record Proof(SandboxSpec spec, Success success) {}

    /** Makes an attack in a sandbox with the defaults, by a program in {@code attacks.pl}. */
    static Attack of(String name, String program, Verdict verdict) {
        return new Attack(name, SPEC, "perl " + AttackIT.PROGRAM + " " + program, "20s", verdict, null, null);
    }

    Attack within(String limit) {
        return new Attack(name, spec, command, limit, verdict, heldBy, proof);
    }

    Attack in(SandboxSpec sandbox) {
        return new Attack(name, sandbox, command, timeLimit, verdict, heldBy, proof);
    }

    Attack heldBy(EngineLimits.Limit limit) {
        return new Attack(name, spec, command, timeLimit, verdict, limit, proof);
    }

    Attack provenIn(SandboxSpec sandbox, Success success) {
        return new Attack(name, spec, command, timeLimit, verdict, heldBy, new Proof(sandbox, success));
    }

    Attack provenWith(ResourceLimits limits, Success success) {
        return provenIn(SPEC.limits(limits), success);
    }

    /** Checks that a program printed at least these parts. */
    static Success prints(String... parts) {
        return result -> assertThat(result.stdout()).as(result.toString()).contains(parts);
    }

    CommandResult runIn(Shell shell) {
        return shell.run(Command.of(command).timeLimit(timeLimit));
    }

    /** Runs the attack in the sandbox of its proof, where it ends by itself, if late on a busy machine. */
    CommandResult proveIn(Shell shell) {
        return shell.run(Command.of(command).timeLimit("2m"));
    }

    /** Asserts that each line, "what: ERRNO", reports a failure with one of the given errors. */
    static void assertAllFailed(List<String> lines, String... errors) {
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line.substring(line.lastIndexOf(": ") + 2))
                .as(line)
                .isIn((Object[]) errors));
    }

    static List<String> lines(CommandResult result) {
        assertThat(result.stderr()).as("errors of the attack program itself").isEmpty();
        return result.stdout().lines().toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
