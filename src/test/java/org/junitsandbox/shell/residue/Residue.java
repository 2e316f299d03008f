package org.junitsandbox.shell.residue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Something that commands leave behind in a sandbox.
 *
 * @param name its name in the table
 * @param kind the sandbox it is left in
 * @param leaving leaves it
 * @param expected what the pool must do with the container then
 * @param mustBeSeen whether the probe must find it before the sandbox is given back
 * @param remains matches lines of the probe that may differ in a cleaned container, as they cannot matter
 */
record Residue(
        String name,
        ShellKind kind,
        Leaving leaving,
        Expected expected,
        boolean mustBeSeen,
        Predicate<String> remains) {

    /** The programs in the sandboxes of this suite. */
    static final String PROGRAM = "/work/residues.pl";

    /** Leaves a residue and returns a remark for the table. */
    @FunctionalInterface
    interface Leaving {
        String leaveIn(Shell shell) throws Exception;
    }

    /** What the pool must do with a container. Otherwise recycling could silently never happen, or happen too often. */
    enum Expected {
        CLEANED,
        REPLACED,
        /** A matter of time, or of the engine. */
        ANY
    }

    SandboxSpec spec() {
        return kind.spec().limits(ResourceLimits.DEFAULT.commandTime("10s"));
    }

    private static Residue of(String name, Leaving leaving) {
        return new Residue(name, ShellKind.DASH, leaving, Expected.CLEANED, false, line -> false);
    }

    /** Left by a command of any outcome. */
    static Residue shell(String name, String command) {
        return of(name, shell -> shell.run(command).outcome().toString());
    }

    /** Left by a command that must succeed. */
    static Residue succeeding(String name, String command) {
        return of(name, shell -> {
            CommandResult result = shell.run(command);
            assertThat(result.exitCode()).as(result.toString()).isZero();
            return "";
        });
    }

    /** Left by a program in {@code residues.pl}, which must succeed. */
    static Residue perl(String program) {
        return of(program, shell -> {
            assertThat(runProgram(shell, program)).isEqualTo("done");
            return "";
        });
    }

    /** Tried by a program in {@code residues.pl}; kernel or engine may refuse it. */
    static Residue attempt(String program) {
        return of(program, shell -> {
            String reply = runProgram(shell, program);
            return reply.equals("done") ? "" : "refused: " + reply;
        });
    }

    /** Left by calls of a shell's methods. */
    static Residue calls(String name, Leaving leaving) {
        return of(name, leaving);
    }

    private static String runProgram(Shell shell, String program) {
        shell.copyIn(Probe.resource("residues.pl"), PROGRAM);
        CommandResult result = shell.run("perl", PROGRAM, program);
        assertThat(result.stderr()).as("errors of the program itself").isEmpty();
        return result.stdout();
    }

    Residue in(ShellKind other) {
        return new Residue(name + ", " + other, other, leaving, expected, mustBeSeen, remains);
    }

    Residue replaced() {
        return expect(Expected.REPLACED);
    }

    Residue cleanedOrReplaced() {
        return expect(Expected.ANY);
    }

    private Residue expect(Expected other) {
        return new Residue(name, kind, leaving, other, mustBeSeen, remains);
    }

    /** Proves that the probe would find it. */
    Residue seen() {
        return new Residue(name, kind, leaving, expected, true, remains);
    }

    /** It stays, and cannot matter. */
    Residue remains(String start) {
        return new Residue(name, kind, leaving, expected, mustBeSeen, line -> line.startsWith(start));
    }

    @Override
    public String toString() {
        return name;
    }
}
