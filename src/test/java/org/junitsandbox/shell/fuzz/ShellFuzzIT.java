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

/** Random programs give what the engine's exec gives. */
class ShellFuzzIT {

    private static final int CASES = 200;

    /** How many cases share an exec. Their texts are its arguments, of which there may be 2 MiB. */
    private static final int CASES_PER_EXEC = 20;

    private static final int HOSTILE_CASES = 40;

    private static final String ALIVE = "/bin/echo alive";

    /** Generous: what a hostile program and three more commands may take in all. */
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

    /** A shell with a new shell process and no files. */
    private static Shell fresh(ShellKind kind) {
        Shell shell = Objects.requireNonNull(SHELLS.get(kind));
        assertThat(shell.run(Command.of("sleep 100").timeLimit(Duration.ofNanos(1))).outcome())
                .isInstanceOf(Outcome.TimedOut.class);
        assertThat(shell.run("rm -rf /work/* /work/.[!.]* /tmp/* /tmp/.[!.]*").exitCode()).isZero();
        return shell;
    }

    @Test
    void aRandomProgramGivesWhatTheEnginesExecGives() {
        FuzzRun run = new FuzzRun(ShellFuzzIT.class, CASES);
        Map<ShellKind, List<ShellFuzzCase>> waiting = new EnumMap<>(ShellKind.class);
        while (run.goesOn()) {
            ShellFuzzCase next = ShellFuzzCase.of(run.nextSeed());
            List<ShellFuzzCase> batch = waiting.computeIfAbsent(next.kind(), kind -> new ArrayList<>());
            batch.add(next);
            if (batch.size() == CASES_PER_EXEC) {
                check(run, next.kind(), batch);
                batch.clear();
            }
        }
        waiting.forEach((kind, batch) -> check(run, kind, batch));
        run.end();
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
                run.failed(cases.get(0).seed(), cases.get(0) + "\nIts exec breaks: " + e.getMessage());
            } else {
                cases.forEach(each -> check(run, kind, List.of(each)));
            }
            return;
        }
        boolean alone = false;
        for (int i = 0; i < cases.size(); i++) {
            ShellFuzzCase each = cases.get(i);
            Optional<String> difference = difference(each, expected.get(i));
            if (difference.isPresent()) {
                ShellFuzzCase least = each.shrink(fewer -> differenceByItself(fewer).isPresent());
                run.failed(
                        each.seed(),
                        each + "\n" + difference.get() + "\nThe least that fails by itself: " + least + "\n"
                                + differenceByItself(least).orElse("It does not fail again."));
            } else if (!alone && !each.sequence() && each.programs().get(0).stdin().isEmpty()) {
                // One of them by an exec of its own, which must be no different.
                alone = true;
                ProgramResult real = references.runAlone(kind, each.programs().get(0).text());
                if (!real.equals(expected.get(i).get(0))) {
                    run.failed(each.seed(), each + "\nby an exec of its own: " + real + "\nby one for many: "
                            + expected.get(i));
                }
            }
        }
    }

    private static Optional<String> differenceByItself(ShellFuzzCase each) {
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

    /** A program by its whole name, as the case may have put functions in the place of others. */
    private static Optional<String> aliveAfter(Shell shell) {
        CommandResult next = shell.run(ALIVE);
        return isAlive(next) ? Optional.empty() : Optional.of("The next command, \"" + ALIVE + "\", got " + next);
    }

    private static boolean isAlive(CommandResult result) {
        return result.stdout().contains("alive\n") && result.outcome().equals(new Outcome.Exited(0));
    }

    @Test
    void afterAnyProgramAShellAnswersAgainInTime() {
        FuzzRun run = new FuzzRun(ShellFuzzIT.class, HOSTILE_CASES);
        while (run.goesOn()) {
            long seed = run.nextSeed();
            SplittableRandom random = new SplittableRandom(seed);
            ShellKind kind = new RandomWords(random).oneOf(List.of(ShellKind.values()));
            ShellProgram program = HostilePrograms.draw(random, kind);
            Optional<String> failure = unanswered(kind, program);
            if (failure.isPresent()) {
                ShellProgram least = new ShellProgram(
                        Shrinking.shrink(program.parts(), parts -> unanswered(kind, new ShellProgram(parts,
                                program.stdin())).isPresent()),
                        program.stdin());
                run.failed(
                        seed,
                        kind + "\n    " + program + "\n" + failure.get() + "\nThe least that fails by itself:\n    "
                                + least + "\n" + unanswered(kind, least).orElse("It does not fail again."));
            }
        }
        run.end();
    }

    /**
     * What a program makes of its own shell is its own affair; it must not be that of the next shell, of which it has
     * the first.
     */
    private static Optional<String> unanswered(ShellKind kind, ShellProgram program) {
        Shell shell = fresh(kind);
        long start = System.nanoTime();
        CommandResult first = shell.run(program.command().timeLimit("200ms"));
        CommandResult second = shell.run(Command.of(ALIVE).timeLimit("500ms"));
        // Whatever runs in the background is ended; with it goes the program's own shell.
        fresh(kind);
        CommandResult third = shell.run(ALIVE);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        if (second.outcome().equals(new Outcome.Exited(0)) && !isAlive(second) && !program.text().contains("command")) {
            return Optional.of("The next command, \"" + ALIVE + "\", got " + second + " after " + first);
        }
        if (!isAlive(third)) {
            return Optional.of("The command in a new shell, \"" + ALIVE + "\", got " + third + " after " + first);
        }
        return elapsed.compareTo(LIMIT) < 0 ? Optional.empty() : Optional.of("It took " + elapsed + ": " + first + ", "
                + second);
    }

    @Test
    void textWithNulIsRefusedAndTheShellGoesOn() {
        Shell shell = fresh(ShellKind.DASH);

        assertThatThrownBy(() -> shell.run("echo a\0b")).isInstanceOf(IllegalArgumentException.class);

        assertThat(aliveAfter(shell)).isEmpty();
    }
}
