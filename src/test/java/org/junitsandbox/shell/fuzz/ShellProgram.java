package org.junitsandbox.shell.fuzz;

import java.util.List;
import org.junitsandbox.fuzz.EscapedText;
import org.junitsandbox.shell.Command;

/**
 * Shell source text made of parts, which shrinking removes one by one.
 *
 * @param parts statements with their terminators, or other pieces of text
 * @param stdin the standard input; empty for none
 */
record ShellProgram(List<String> parts, String stdin) {

    String text() {
        return String.join("", parts);
    }

    Command command() {
        Command command = Command.of(text()).timeLimit("20s");
        return stdin.isEmpty() ? command : command.stdin(stdin);
    }

    @Override
    public String toString() {
        return EscapedText.of(text()) + (stdin.isEmpty() ? "" : " with stdin " + EscapedText.of(stdin));
    }
}
