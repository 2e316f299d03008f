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
 * A hostile command and what must come of it.
 *
 * @param name its name in the table
 * @param spec the sandbox it runs in
 * @param command its shell text
 * @param timeLimit its time limit
 * @param verdict checks what came of it, and says that in a few words
 * @param heldBy the limit without which it would take its own bound of the machine, or null where there is none
 * @param proof where it succeeds, or null where no sandbox lets it
 */
record Attack(
        String name,
        SandboxSpec spec,
        String command,
        String timeLimit,
        Verdict verdict,
        EngineLimits.@Nullable Limit heldBy,
        @Nullable Proof proof) {

    /** Debian with the programs that attack. */
    static final SandboxSpec SPEC =
            SandboxSpec.of("debian:bookworm-slim").setup("cp /usr/bin/id /opt/id && chmod 4755 /opt/id");

    /** Checks a result, maybe with more commands in the same sandbox, and says in a few words what held. */
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
     * Shows that an attack is a real one: without what holds it, it succeeds.
     *
     * @param spec a sandbox that allows it
     * @param success checks that it succeeded there
     */
    record Proof(SandboxSpec spec, Success success) {}

    /** An attack in a sandbox with the defaults, by a program in {@code attacks.pl}. */
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

    /** Checks that a program said at least this. */
    static Success says(String... parts) {
        return result -> assertThat(result.stdout()).contains(parts);
    }

    CommandResult runIn(Shell shell) {
        return shell.run(Command.of(command).timeLimit(timeLimit));
    }

    /** Runs it where it succeeds; it then ends by itself. */
    CommandResult proveIn(Shell shell) {
        return shell.run(Command.of(command).timeLimit("20s"));
    }

    /** What a program tried, each a line "what: ERRNO", failed with one of the errors given. */
    static void assertAllFailed(List<String> lines, String... errors) {
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line.substring(line.lastIndexOf(": ") + 2))
                .as(line)
                .isIn((Object[]) errors));
    }

    static List<String> lines(CommandResult result) {
        assertThat(result.stderr()).as("what went wrong in the attack itself").isEmpty();
        return result.stdout().lines().toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
