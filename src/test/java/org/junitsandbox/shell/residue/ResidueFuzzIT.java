package org.junitsandbox.shell.residue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsandbox.fuzz.FuzzRun;
import org.junitsandbox.fuzz.Shrinking;
import org.junitsandbox.harness.Recycling;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxException;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.fuzz.RandomCommands;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** After random sequences of residues and commands, the next sandbox gives the same answers as a new one. */
class ResidueFuzzIT {

    private static final int CASES = 30;

    private int recycled;

    @Test
    void answersLikeANewSandboxAfterAnySequence() {
        Recycling.assumeThatItHappens();
        FuzzRun run = new FuzzRun(ResidueFuzzIT.class, CASES);
        int cases = 0;
        while (run.hasNext()) {
            long seed = run.nextSeed();
            cases++;
            ResidueSequence sequence = ResidueSequence.of(seed);
            List<String> differences = differences(sequence);
            if (!differences.isEmpty()) {
                List<ResidueSequence.Step> fewest = Shrinking.shrink(
                        sequence.steps(),
                        steps -> !differences(sequence.with(steps)).isEmpty());
                run.recordFailure(
                        seed,
                        sequence + "\n" + String.join("\n", differences) + "\nFewest steps that fail on their own: "
                                + sequence.with(fewest));
            }
        }
        System.out.printf("ResidueFuzzIT: %d of %d containers were cleaned, the others replaced%n", recycled, cases);
        run.assertNoFailures();
        assertThat(recycled).as("cleaned containers").isPositive();
    }

    /** Returns in what the sandbox after a sequence differs from a new one. */
    private List<String> differences(ResidueSequence sequence) {
        SandboxSpec spec = sequence.kind().spec().limits(ResourceLimits.DEFAULT.commandTime("3s"));
        List<String> known;
        try (Shell shell = Shell.open(spec.recycle(false))) {
            known = answers(sequence, shell);
        }
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0))) {
            String used;
            try (Shell shell = pool.open(spec)) {
                used = Recycling.container(shell);
                takeSteps(sequence, shell);
            }
            try (Shell shell = pool.open(spec)) {
                List<String> found = answers(sequence, shell);
                if (Recycling.container(shell).equals(used)) {
                    recycled++;
                }
                return Probe.differences(known, found).stream()
                        .filter(difference -> !sequence.mayDiffer(Probe.lineOf(difference)))
                        .toList();
            }
        }
    }

    /** A step may make a later one fail, or end the sandbox: only the next sandbox matters. */
    private static void takeSteps(ResidueSequence sequence, Shell shell) {
        for (ResidueSequence.Step step : sequence.steps()) {
            try {
                step.take(shell);
            } catch (AssertionError | SandboxException | IllegalStateException e) {
                // It may: the next step is taken in whatever is left of the sandbox.
            } catch (Exception e) {
                throw new AssertionError("Unexpected failure of " + step, e);
            }
        }
    }

    private static List<String> answers(ResidueSequence sequence, Shell shell) {
        ShellKind kind = sequence.kind();
        List<String> answers = new ArrayList<>(Probe.run(shell));
        sequence.questions()
                .forEach(question -> answers.add(
                        question + " gave " + RandomCommands.comparable(kind, shell.run(question))));
        return answers;
    }
}
