package org.junitsandbox.verdicts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a command did with each input of a {@link Trial}. Immutable, so safe for use by several threads.
 *
 * @since 0.1
 */
public final class Verdicts {

    private final List<Verdict> all;

    Verdicts(List<Verdict> all) {
        this.all = List.copyOf(all);
    }

    /** {@return one for each input, in the order of the inputs, unmodifiable} */
    public List<Verdict> all() {
        return all;
    }

    /** {@return those with at least one violation} */
    public Verdicts violations() {
        return new Verdicts(all.stream().filter(Verdict::isViolation).toList());
    }

    /**
     * Returns the beginning of them.
     *
     * @param count how many at most
     * @return the first ones
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public Verdicts first(int count) {
        return new Verdicts(all.stream().limit(count).toList());
    }

    /**
     * Writes a page with the table for a browser. It holds all that it needs and loads nothing; a strict policy (CSP)
     * forbids scripts, and what came from a sandbox is text in it and nothing else. With JUnit's {@code TestReporter}:
     *
     * <pre>{@code
     * reporter.publishFile("verdicts.html", MediaType.TEXT_HTML_UTF_8, file -> verdicts.writePage("unzip", file));
     * }</pre>
     *
     * @param title what was tried, for people
     * @param file the page; one that exists is replaced
     * @throws IOException if it cannot be written
     */
    public void writePage(String title, Path file) throws IOException {
        Files.writeString(file, VerdictPage.of(title, all));
    }

    /**
     * Returns the table: file, outcome, time, CPU time, memory, output, violations. {@code <=} stands before a figure
     * that is only known to be no more than that.
     *
     * @return a line for each input, and one more for each violation after its first; escaped
     */
    @Override
    public String toString() {
        return VerdictTable.of(all);
    }
}
