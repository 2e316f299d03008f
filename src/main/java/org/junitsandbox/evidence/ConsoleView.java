package org.junitsandbox.evidence;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Head;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.shell.Subscription;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.TranscriptOutput;

/**
 * Prints what happens in a sandbox while it happens: each command when it starts, what it writes, line by line, and how
 * it ended; copies, resets and notes when they are done. Each line begins with the sandbox's name. {@code
 * sandbox.console} has it for JUnit's sandboxes; this is for those that are opened in code.
 *
 * <pre>{@code
 * [upload] $ gm convert upload.png thumbnail.jpg
 * [upload] ERR | gm convert: Read Exception (upload.png)
 * [upload] exited with code 1, after 12 ms, in /work
 * }</pre>
 *
 * <p>Lines are printed whole, on a thread of their own: no command waits for the console, however slow it is. Where
 * more comes than it takes, lines are left out and counted; at most 1 Mi characters wait. Of a line of more than 2,000
 * characters the beginning is shown. What could control a terminal or turn the reading direction is escaped, as
 * {@code \u001B}; {@linkplain Shell#mask secrets} are masked that were known when the output came.
 *
 * @since 0.1
 */
public final class ConsoleView implements Subscription {

    private static final int MAX_NAME_CHARS = 100;

    private static final long LAST_LINES_TIMEOUT_MILLIS = 1_000;

    private final Shell shell;
    private final String name;
    private final LinePrinter printer;
    private final Subscription events;
    private final Subscription output;
    private final Map<StandardStream, LineSplitter> splitters = new EnumMap<>(StandardStream.class);
    private String prefix;

    private ConsoleView(Shell shell, String name, PrintStream target) {
        this.shell = shell;
        this.name = name;
        this.printer = new LinePrinter(target);
        this.prefix = prefix();
        for (StandardStream stream : StandardStream.values()) {
            String label = Headings.label(stream) + " | ";
            splitters.put(stream, new LineSplitter(line -> printer.add(prefix, label + line)));
        }
        this.events = shell.onEvent(this::show);
        this.output = shell.onOutput(this::show);
    }

    /**
     * Begins.
     *
     * @param shell what is shown; usually one that was just opened
     * @param name what lines begin with
     * @param target where they are printed; {@link System#err} is a good choice, as what a build prints to stdout may
     *     be read by a program
     * @return ends it when it is closed
     */
    public static ConsoleView open(Shell shell, String name, PrintStream target) {
        return new ConsoleView(shell, name, target);
    }

    private String prefix() {
        return "[" + Excerpt.ends(shell.masked(List.of(name)).get(0), MAX_NAME_CHARS) + "] ";
    }

    private synchronized void show(TranscriptOutput part) {
        splitter(part.stream()).add(part.text());
    }

    private LineSplitter splitter(StandardStream stream) {
        return Objects.requireNonNull(splitters.get(stream));
    }

    private synchronized void show(TranscriptEvent event) {
        prefix = prefix();
        boolean ended = event.end().isPresent();
        switch (event.kind()) {
            case COMMAND -> {
                if (ended) {
                    splitters.values().forEach(LineSplitter::end);
                    printer.add(prefix, Headings.result(event));
                } else {
                    showText(event);
                }
            }
            case NOTE -> showText(event);
            default -> {
                if (ended) {
                    String what = Headings.label(event) + Excerpt.line(event.text());
                    printer.add(
                            prefix,
                            what + ": " + (Headings.hasResult(event) ? Headings.result(event) : Findings.line(event)));
                }
            }
        }
    }

    private void showText(TranscriptEvent event) {
        Head.lines(Headings.label(event) + event.text(), "> ").lines().forEach(line -> printer.add(prefix, line));
        event.details().forEach(detail -> printer.add(prefix, "  with " + Excerpt.line(detail)));
    }

    /** Ends it. Waits up to a second until what has come is printed. Closing it again has no effect. */
    @Override
    public void close() {
        events.close();
        output.close();
        printer.await(LAST_LINES_TIMEOUT_MILLIS);
    }
}
