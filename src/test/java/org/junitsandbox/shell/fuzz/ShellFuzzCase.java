package org.junitsandbox.shell.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junitsandbox.fuzz.Shrinking;
import org.junitsandbox.harness.ShellKind;

/**
 * Programs that one shell runs one after the other.
 *
 * @param sequence whether the programs share the state of the shell; otherwise there is only one program
 */
record ShellFuzzCase(long seed, ShellKind kind, boolean sequence, List<ShellProgram> programs) {

    private static final int MAX_PROGRAMS = 5;

    /** Returns the case of a seed, always the same. */
    static ShellFuzzCase of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ShellKind kind = new RandomWords(random).oneOf(List.of(ShellKind.values()));
        boolean sequence = random.nextBoolean();
        int count = sequence ? random.nextInt(2, MAX_PROGRAMS + 1) : 1;
        ProgramGrammar grammar = new ProgramGrammar(random, kind, sequence);
        List<ShellProgram> programs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            programs.add(grammar.program());
        }
        return new ShellFuzzCase(seed, kind, sequence, programs);
    }

    private ShellFuzzCase with(List<ShellProgram> fewer) {
        return new ShellFuzzCase(seed, kind, sequence, fewer);
    }

    /** Returns the smallest case found that still fails: without some programs, then without parts of each program. */
    ShellFuzzCase shrink(Predicate<ShellFuzzCase> fails) {
        List<ShellProgram> smallest = new ArrayList<>(Shrinking.shrink(
                programs, fewer -> !fewer.isEmpty() && fails.test(with(fewer))));
        for (int i = 0; i < smallest.size(); i++) {
            int index = i;
            ShellProgram program = smallest.get(i);
            List<String> parts = Shrinking.shrink(program.parts(), fewer -> {
                List<ShellProgram> changed = new ArrayList<>(smallest);
                changed.set(index, new ShellProgram(fewer, program.stdin()));
                return fails.test(with(changed));
            });
            smallest.set(index, new ShellProgram(parts, program.stdin()));
        }
        return with(smallest);
    }

    @Override
    public String toString() {
        return kind + (sequence ? ", one persistent shell" : ", a new shell")
                + programs.stream().map(program -> "\n    " + program).collect(Collectors.joining());
    }
}
