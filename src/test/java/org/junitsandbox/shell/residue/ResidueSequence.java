package org.junitsandbox.shell.residue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junitsandbox.fuzz.EscapedText;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.fuzz.RandomCommands;
import org.junitsandbox.shell.residue.Residue.Expected;

/**
 * What is done in a sandbox before it is given back, and what the next one is asked.
 *
 * @param questions commands whose answers must be those of a new sandbox
 */
record ResidueSequence(ShellKind kind, List<Step> steps, List<Command> questions) {

    private static final int MAX_STEPS = 6;

    private static final String SHORT_TIME = "300ms";

    /**
     * A residue or a random command.
     *
     * @param residue the residue that it leaves, with lines that may then differ; a random command's has none
     */
    record Step(Residue residue) {

        static Step of(Command command) {
            return new Step(Residue.calls("`" + EscapedText.of(command.toString()) + "`", shell -> {
                shell.run(command);
                return "";
            }));
        }

        /** Leaves it as far as the steps before it allow. */
        void take(Shell shell) throws Exception {
            residue.leaving().leaveIn(shell);
        }

        @Override
        public String toString() {
            return residue.toString();
        }
    }

    /** Returns the sequence of a seed, always the same. */
    static ResidueSequence of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ShellKind kind = List.of(ShellKind.values()).get(random.nextInt(ShellKind.values().length));
        List<Residue> residues =
                ResidueIT.residues().filter(residue -> canBeIn(residue, kind)).toList();
        List<Step> steps = new ArrayList<>();
        for (int i = random.nextInt(1, MAX_STEPS + 1); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> steps.add(Step.of(RandomCommands.hostile(random, kind).timeLimit(SHORT_TIME)));
                case 1 -> RandomCommands.sequence(random, kind).forEach(command -> steps.add(Step.of(command)));
                default -> steps.add(new Step(residues.get(random.nextInt(residues.size()))));
            }
        }
        return new ResidueSequence(kind, steps, RandomCommands.sequence(random, kind));
    }

    /** A residue that always costs the container would hide all others. */
    private static boolean canBeIn(Residue residue, ShellKind kind) {
        return residue.expected() != Expected.REPLACED
                && (residue.kind() == kind || (residue.kind() == ShellKind.DASH && kind == ShellKind.BASH));
    }

    ResidueSequence with(List<Step> fewer) {
        return new ResidueSequence(kind, fewer, questions);
    }

    /** Returns whether a line of the probe may differ after these steps. */
    boolean mayDiffer(String line) {
        return steps.stream().anyMatch(step -> step.residue().remains().test(line));
    }

    @Override
    public String toString() {
        return kind + steps.stream().map(step -> "\n    " + step).collect(Collectors.joining());
    }
}
