package org.junitsandbox.shell.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;

/** Random commands for other suites. */
public final class RandomCommands {

    private RandomCommands() {}

    /** Draws a command that may do anything, at any time and without end. */
    public static Command hostile(SplittableRandom random, ShellKind kind) {
        return HostilePrograms.draw(random, kind).command();
    }

    /** Draws commands for one shell, whose results depend on nothing but the state of its sandbox. */
    public static List<Command> sequence(SplittableRandom random, ShellKind kind) {
        ProgramGrammar grammar = new ProgramGrammar(random, kind, true);
        List<Command> commands = new ArrayList<>();
        for (int i = random.nextInt(2, 6); i > 0; i--) {
            commands.add(grammar.program().command());
        }
        return commands;
    }

    /** Returns what must be equal in two results of such a command. */
    public static String comparable(ShellKind kind, CommandResult result) {
        return ProgramResult.inSandbox(kind, result).toString();
    }
}
