package org.junitsandbox.shell.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junitsandbox.fuzz.Shrinking;
import org.junitsandbox.harness.ShellKind;

/**
 * Programs for one shell, one after the other.
 *
 * @param sequence whether the state of the shell lasts from one to the next; otherwise there is one program
 */
record ShellFuzzCase(long seed, ShellKind kind, boolean sequence, List<ShellProgram> programs) {

    private static final int MOST_PROGRAMS = 5;

    /** The case of a seed: always the same. */
    static ShellFuzzCase of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ShellKind kind = new RandomWords(random).oneOf(List.of(ShellKind.values()));
        boolean sequence = random.nextBoolean();
        int count = sequence ? random.nextInt(2, MOST_PROGRAMS + 1) : 1;
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

    /** The least of this failing case that still fails: programs left out, then parts of each program. */
    ShellFuzzCase shrink(Predicate<ShellFuzzCase> fails) {
        List<ShellProgram> least = new ArrayList<>(Shrinking.shrink(
                programs, fewer -> !fewer.isEmpty() && fails.test(with(fewer))));
        for (int i = 0; i < least.size(); i++) {
            int index = i;
            ShellProgram program = least.get(i);
            List<String> parts = Shrinking.shrink(program.parts(), fewer -> {
                List<ShellProgram> changed = new ArrayList<>(least);
                changed.set(index, new ShellProgram(fewer, program.stdin()));
                return fails.test(with(changed));
            });
            least.set(index, new ShellProgram(parts, program.stdin()));
        }
        return with(least);
    }

    @Override
    public String toString() {
        return kind + (sequence ? ", one shell" : ", a shell of its own")
                + programs.stream().map(program -> "\n    " + program).collect(Collectors.joining());
    }
}
