package org.junitsandbox.shell.residue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.Recycling;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.residue.Residue.Expected;

/**
 * Whatever commands leave behind, the next sandbox looks from inside like a new one: its container was cleaned, or
 * replaced.
 */
@Timeout(60)
class ResidueIT {

    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("residues");

    private static final int BYTES = 200_000;

    /** Where a clean-up is slow, so is a start: it has ended before so many of them. */
    private static final int MOST_STARTS = 4;

    private static final String LATE = "cleaned, but late";

    /** What the probe prints in a new container. */
    private static final Map<ShellKind, List<String>> NEW = new EnumMap<>(ShellKind.class);

    private static SandboxPool pool;

    @BeforeAll
    static void open() {
        for (ShellKind kind : ShellKind.values()) {
            try (Shell shell = Shell.open(kind.spec())) {
                NEW.put(kind, Probe.run(shell));
            }
        }
        pool = newPool();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    private static SandboxPool newPool() {
        return new SandboxPool(PoolSize.DEFAULT.spares(0));
    }

    static Stream<Residue> residues() {
        return Stream.of(FileResidues.all(), ProcessResidues.all(), KernelResidues.all(), ShellResidues.all())
                .flatMap(all -> all);
    }

    /** The containers of a case are those that the case before it has given back, until one keeps something. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("residues")
    void leavesNothingToTheNextSandbox(Residue residue) throws Exception {
        boolean clean = false;
        try {
            String used;
            String remark;
            try (Shell shell = pool.open(residue.spec())) {
                used = Recycling.container(shell);
                remark = residue.leaving().leaveIn(shell);
                if (residue.mustBeSeen()) {
                    assertThat(differences(residue, Probe.run(shell), true)).as("found before").isNotEmpty();
                }
            }
            long start = System.nanoTime();
            try (Shell next = pool.open(residue.spec())) {
                long waited = System.nanoTime() - start;
                String verdict = examine(residue, used, next);
                TABLE.verdict("%s after %d ms%s"
                        .formatted(verdict, waited / 1_000_000, remark.isEmpty() ? "" : "; " + remark));
                // The pool then has other containers than the one that the next case has used.
                clean = !verdict.equals(LATE)
                        && Objects.requireNonNull(NEW.get(residue.kind())).stream().noneMatch(residue.remains());
            }
        } finally {
            if (!clean) {
                pool.close();
                pool = newPool();
            }
        }
    }

    private static String examine(Residue residue, String used, Shell next) {
        assertIsNew(residue, next);
        if (!Recycling.happens()) {
            return "replaced, as no container of this engine can be proven clean";
        }
        boolean cleaned = Recycling.container(next).equals(used);
        if (cleaned || residue.expected() != Expected.CLEANED) {
            assertThat(cleaned && residue.expected() == Expected.REPLACED)
                    .as("cleaned, although it must be replaced")
                    .isFalse();
            return cleaned ? "cleaned" : "replaced";
        }
        return awaitCleaned(residue, used);
    }

    /** A clean-up on a busy machine may outlast a start, or several. Then its container is the next to be given out. */
    private static String awaitCleaned(Residue residue, String used) {
        List<String> others = new ArrayList<>();
        Deque<Shell> open = new ArrayDeque<>();
        try {
            while (open.size() < MOST_STARTS) {
                Shell late = pool.open(residue.spec());
                open.push(late);
                assertIsNew(residue, late);
                String container = Recycling.container(late);
                if (container.equals(used)) {
                    return LATE;
                }
                others.add(container);
            }
        } finally {
            open.forEach(Shell::close);
        }
        throw new AssertionError(
                "replaced, although it must be cleaned: after " + used + ", these were given out: " + others);
    }

    private static void assertIsNew(Residue residue, Shell shell) {
        assertThat(differences(residue, Probe.run(shell), false)).isEmpty();
        assertThat(shell.limitWarnings()).isEmpty();
        CommandResult both = shell.run("head -c %d /dev/zero; head -c %d /dev/zero >&2".formatted(BYTES, BYTES));
        assertThat(both.stdoutBytes()).isEqualTo(new byte[BYTES]);
        assertThat(both.stderrBytes()).isEqualTo(new byte[BYTES]);
        // Killed, but not for its memory.
        assertThat(shell.run("sh -c 'kill -9 $$'").outcome()).isEqualTo(new Outcome.Exited(137));
    }

    /** Returns the lines that only one of the two has: the sandbox or a new one. */
    private static List<String> differences(Residue residue, List<String> found, boolean all) {
        return Probe.differences(Objects.requireNonNull(NEW.get(residue.kind())), found).stream()
                .filter(difference -> all || !residue.remains().test(Probe.lineOf(difference)))
                .toList();
    }
}
