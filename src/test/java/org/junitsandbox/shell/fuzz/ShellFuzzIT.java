package org.junitsandbox.shell.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junitsandbox.fuzz.FuzzRun;
import org.junitsandbox.fuzz.Shrinking;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Shell;

/** Random programs have the same results as in the engine's exec. */
class ShellFuzzIT {

    private static final int CASES = 60;

    /** The number of cases in one exec. Their texts are its arguments, at most 2 MiB in total. */
    private static final int CASES_PER_EXEC = 20;

    private static final int HOSTILE_CASES = 40;

    private static final String ALIVE = "/bin/echo alive";

    /** The longest time for a hostile program and three more commands; generous. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final Map<ShellKind, Shell> SHELLS = new EnumMap<>(ShellKind.class);

    private static ReferenceShells references;

    @BeforeAll
    static void open() throws EngineException {
        for (ShellKind kind : ShellKind.values()) {
            SHELLS.put(kind, Shell.open(kind.spec()));
        }
        references = new ReferenceShells();
    }

    @AfterAll
    static void close() {
        SHELLS.values().forEach(Shell::close);
        references.close();
    }

    /** Returns a shell with a new shell process and no files. */
    private static Shell fresh(ShellKind kind) {
        Shell shell = Objects.requireNonNull(SHELLS.get(kind));
        assertThat(shell.run(Command.of("sleep 100").timeLimit(Duration.ofNanos(1))).outcome())
                .isInstanceOf(Outcome.TimedOut.class);
        assertThat(shell.run("rm -rf /work/* /work/.[!.]* /tmp/* /tmp/.[!.]*").exitCode()).isZero();
        return shell;
    }

    @Test
    void runsRandomProgramsLikeTheEnginesExec() {
        FuzzRun run = new FuzzRun(ShellFuzzIT.class, CASES);
        Map<ShellKind, List<ShellFuzzCase>> batches = new EnumMap<>(ShellKind.class);
        while (run.hasNext()) {
            ShellFuzzCase next = ShellFuzzCase.of(run.nextSeed());
            List<ShellFuzzCase> batch = batches.computeIfAbsent(next.kind(), kind -> new ArrayList<>());
            batch.add(next);
            if (batch.size() == CASES_PER_EXEC) {
                check(run, next.kind(), batch);
                batch.clear();
            }
        }
        batches.forEach((kind, batch) -> check(run, kind, batch));
        run.assertNoFailures();
    }

    private static void check(FuzzRun run, ShellKind kind, List<ShellFuzzCase> cases) {
        if (cases.isEmpty()) {
            return;
        }
        List<List<ProgramResult>> expected;
        try {
            expected = references.run(kind, cases);
        } catch (AssertionError e) {
            if (cases.size() == 1) {
                run.recordFailure(cases.get(0).seed(), cases.get(0) + "\nIts exec failed: " + e.getMessage());
            } else {
                cases.forEach(each -> check(run, kind, List.of(each)));
            }
            return;
        }
        boolean comparedAlone = false;
        for (int i = 0; i < cases.size(); i++) {
            ShellFuzzCase each = cases.get(i);
            Optional<String> difference = difference(each, expected.get(i));
            if (difference.isPresent()) {
                ShellFuzzCase smallest = each.shrink(fewer -> differenceAlone(fewer).isPresent());
                run.recordFailure(
                        each.seed(),
                        each + "\n" + difference.get() + "\nSmallest case that fails on its own: " + smallest + "\n"
                                + differenceAlone(smallest).orElse("It does not fail when repeated."));
            } else if (!comparedAlone && !each.sequence() && each.programs().get(0).stdin().isEmpty()) {
                // One program of each batch also runs in a separate exec, which must give the same result.
                comparedAlone = true;
                ProgramResult real = references.runAlone(kind, each.programs().get(0).text());
                if (!real.equals(expected.get(i).get(0))) {
                    run.recordFailure(each.seed(), each + "\nin a separate exec: " + real + "\nin the shared exec: "
                            + expected.get(i));
                }
            }
        }
    }

    private static Optional<String> differenceAlone(ShellFuzzCase each) {
        return difference(each, references.run(each.kind(), List.of(each)).get(0));
    }

    private static Optional<String> difference(ShellFuzzCase each, List<ProgramResult> expected) {
        Shell shell = fresh(each.kind());
        for (int i = 0; i < expected.size(); i++) {
            ShellProgram program = each.programs().get(i);
            ProgramResult actual = ProgramResult.inSandbox(each.kind(), shell.run(program.command()));
            ProgramResult byExec = expected.get(i);
            if (!each.sequence()) {
                actual = actual.ofSingleText(each.kind());
                byExec = byExec.ofSingleText(each.kind());
            }
            if (!actual.equals(byExec)) {
                return Optional.of("program " + (i + 1) + "\nin the sandbox: " + actual + "\nby exec:        "
                        + byExec);
            }
        }
        return aliveAfter(shell);
    }

    /** Runs a program by its absolute path, as the case may have redefined commands as functions. */
    private static Optional<String> aliveAfter(Shell shell) {
        CommandResult next = shell.run(ALIVE);
        return isAlive(next)
                ? Optional.empty()
                : Optional.of("The next command, \"" + ALIVE + "\", had the result " + next);
    }

    private static boolean isAlive(CommandResult result) {
        return result.stdout().contains("alive\n") && result.outcome().equals(new Outcome.Exited(0));
    }

    @Test
    void runsCommandsInTimeAfterAnyProgram() {
        FuzzRun run = new FuzzRun(ShellFuzzIT.class, HOSTILE_CASES);
        while (run.hasNext()) {
            long seed = run.nextSeed();
            SplittableRandom random = new SplittableRandom(seed);
            ShellKind kind = new RandomWords(random).oneOf(List.of(ShellKind.values()));
            ShellProgram program = HostilePrograms.draw(random, kind);
            Optional<String> failure = failureAfter(kind, program);
            if (failure.isPresent()) {
                ShellProgram smallest = new ShellProgram(
                        Shrinking.shrink(program.parts(), parts -> failureAfter(kind, new ShellProgram(parts,
                                program.stdin())).isPresent()),
                        program.stdin());
                run.recordFailure(
                        seed,
                        kind + "\n    " + program + "\n" + failure.get()
                                + "\nSmallest program that fails on its own:\n    " + smallest + "\n"
                                + failureAfter(kind, smallest).orElse("It does not fail when repeated."));
            }
        }
        run.assertNoFailures();
    }

    /**
     * Checks the shell after a hostile program. A program may do anything to the shell that runs it, but the next shell
     * must work.
     */
    private static Optional<String> failureAfter(ShellKind kind, ShellProgram program) {
        Shell shell = fresh(kind);
        long start = System.nanoTime();
        CommandResult first = shell.run(program.command().timeLimit("200ms"));
        CommandResult second = shell.run(Command.of(ALIVE).timeLimit("500ms"));
        // Ends all background processes, and the shell that ran the program.
        fresh(kind);
        CommandResult third = shell.run(ALIVE);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        if (second.outcome().equals(new Outcome.Exited(0)) && !isAlive(second) && !program.text().contains("command")) {
            return Optional.of("The next command, \"" + ALIVE + "\", had the result " + second + " after " + first);
        }
        if (!isAlive(third)) {
            return Optional.of(
                    "The command in a new shell, \"" + ALIVE + "\", had the result " + third + " after " + first);
        }
        return elapsed.compareTo(LIMIT) < 0 ? Optional.empty() : Optional.of("It took " + elapsed + ": " + first + ", "
                + second);
    }

    @Test
    void rejectsATextWithNulAndContinues() {
        Shell shell = fresh(ShellKind.DASH);

        assertThatThrownBy(() -> shell.run("echo a\0b")).isInstanceOf(IllegalArgumentException.class);

        assertThat(aliveAfter(shell)).isEmpty();
    }
}
