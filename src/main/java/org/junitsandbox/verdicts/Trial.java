package org.junitsandbox.verdicts;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.EngineFailureException;
import org.junitsandbox.shell.SandboxException;
import org.junitsandbox.shell.SandboxInterruptedException;
import org.junitsandbox.shell.Shell;

/**
 * Runs a command over many inputs, each in a clean sandbox, and judges by rules what it did.
 *
 * <pre>{@code
 * Verdicts verdicts = Trial.of(shell, file -> Command.of("unzip", file, "-d", "/work/out"))
 *         .rules(Rule.staysInside("/work/out"), Rule.usesAtMost("64MiB"), Rule.takesHarmlessInputs())
 *         .over(Corpus.standard().formats(ZIP).stream().flatMap(file -> Stream.of(
 *                 TrialInput.hostile(file.fileName(), file::open),
 *                 TrialInput.harmless(file.harmlessTwin().fileName(), file.harmlessTwin()::open))));
 *
 * assertThat(verdicts).hasNoViolations();
 * }</pre>
 *
 * <p>Before each input the shell is {@linkplain Shell#reset() reset}; the input is then copied to {@code /work} under
 * its name. Of each run some hundred bytes are kept, and none of its output. Immutable; each method returns a copy.
 *
 * @since 0.1
 */
public final class Trial {

    /** Of more violations of one input, how many there are is kept. */
    private static final int MAX_VIOLATIONS = 20;

    private final Shell shell;
    private final Function<String, Command> command;
    private final Consumer<Shell> preparation;
    private final List<Rule> rules;

    private Trial(Shell shell, Function<String, Command> command, Consumer<Shell> preparation, List<Rule> rules) {
        this.shell = shell;
        this.command = command;
        this.preparation = preparation;
        this.rules = List.copyOf(rules);
    }

    /**
     * Begins a trial without rules.
     *
     * @param shell where commands run; it is reset before each input, and left as the last one left it
     * @param command makes the command for the absolute path of an input in the sandbox
     * @return a trial
     */
    public static Trial of(Shell shell, Function<String, Command> command) {
        return new Trial(shell, command, clean -> {}, List.of());
    }

    /**
     * Adds rules.
     *
     * @param more what each run is judged by, in this order
     * @return a trial with these as well
     */
    public Trial rules(Rule... more) {
        List<Rule> all = new ArrayList<>(rules);
        all.addAll(List.of(more));
        return new Trial(shell, command, preparation, all);
    }

    /**
     * Sets what is done in each clean sandbox before the command, with the input in place: making a directory, for
     * example, or {@link Shell#markFiles()} on a writable root.
     *
     * @param steps what to do; an exception from it ends the trial
     * @return a trial with these steps instead of others
     */
    public Trial prepare(Consumer<Shell> steps) {
        return new Trial(shell, command, steps, rules);
    }

    /**
     * Runs the command over inputs, one after the other. If a sandbox is lost meanwhile, or an input cannot be read,
     * that is its verdict, and the next input has its turn.
     *
     * @param inputs taken one by one; the stream is closed
     * @return a verdict for each
     * @throws SandboxInterruptedException if the calling thread is interrupted
     * @throws SandboxException if no clean sandbox can be obtained, or from the preparation
     */
    public Verdicts over(Stream<TrialInput> inputs) {
        List<Verdict> verdicts = new ArrayList<>();
        try (inputs) {
            for (Iterator<TrialInput> left = inputs.iterator(); left.hasNext(); ) {
                verdicts.add(judge(left.next()));
            }
        }
        return new Verdicts(verdicts);
    }

    private Verdict judge(TrialInput input) {
        reset();
        String path = "/work/" + input.name();
        try (InputStream content = input.open()) {
            shell.copyIn(content, path);
        } catch (IOException e) {
            return Verdict.failed(input, "cannot be read: " + Excerpt.line(e.toString()));
        } catch (SandboxException e) {
            return failed(input, e);
        }
        preparation.accept(shell);
        try {
            // What came before does not count for the command.
            shell.usage();
            CommandResult result = shell.run(command.apply(path));
            result.usage();
            return Verdict.of(input, result, violations(input, result));
        } catch (SandboxException e) {
            return failed(input, e);
        }
    }

    /** A container that does not start can be the engine's passing trouble. */
    private void reset() {
        try {
            shell.reset();
        } catch (EngineFailureException e) {
            shell.reset();
        }
    }

    private List<String> violations(TrialInput input, CommandResult result) {
        List<String> found = new ArrayList<>();
        for (Rule rule : rules) {
            try {
                rule.violations(input, result, shell).forEach(violation -> found.add(line(violation)));
            } catch (SandboxException e) {
                rethrowInterruption(e);
                found.add("cannot be judged: " + line(String.valueOf(e.getMessage())));
            }
        }
        int count = found.size();
        if (count > MAX_VIOLATIONS) {
            found.subList(MAX_VIOLATIONS, count).clear();
            found.add("and " + (count - MAX_VIOLATIONS) + " more");
        }
        return found;
    }

    private Verdict failed(TrialInput input, SandboxException e) {
        rethrowInterruption(e);
        return Verdict.failed(input, line(String.valueOf(e.getMessage())));
    }

    private String line(String text) {
        return Excerpt.line(shell.masked(List.of(text)).get(0));
    }

    private static void rethrowInterruption(SandboxException e) {
        if (e instanceof SandboxInterruptedException) {
            throw e;
        }
    }
}
