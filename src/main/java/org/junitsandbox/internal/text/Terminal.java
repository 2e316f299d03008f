package org.junitsandbox.internal.text;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Finds out whether what is written to stderr appears on a terminal.
 *
 * <p>Java cannot ask that of one stream. {@link System#console()} is about stdin and stdout: up to Java 21 there is one
 * where both are a terminal, from Java 22 on there is always one, and its {@code isTerminal} has that meaning. So on
 * Linux the link {@code /proc/self/fd/2} is read, which names the device that stderr is. Elsewhere, stderr is taken for
 * a terminal where stdin and stdout are. In a build on a server (variable {@code CI}), and on a terminal that cannot go
 * back to the beginning of a line ({@code TERM=dumb}), lines are wanted as in a file.
 */
final class Terminal {

    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Whether stderr is a terminal now, on which a line can be overwritten. */
    static boolean isStderr() {
        return canOverwrite(System.getenv()) && (Files.isSymbolicLink(STDERR) ? isTerminal(STDERR) : hasConsole());
    }

    static boolean canOverwrite(Map<String, String> environment) {
        String ci = environment.getOrDefault("CI", "");
        return (ci.isEmpty() || ci.equals("false")) && !"dumb".equals(environment.get("TERM"));
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // Up to Java 21, it may.
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
