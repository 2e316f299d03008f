package org.junitsandbox.corpus;

import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/**
 * What a script found out about a file.
 *
 * @param claims the attacks that independent readers find in it
 * @param complaints the programs that refuse it as damaged
 * @param proofs the attacks that the naive handler fell for
 * @param verdict of the careful handler: {@code taken}, or {@code refused} and why
 */
record Examination(String name, List<String> claims, List<String> complaints, String proofs, String verdict) {

    private static final Path HANDLERS = Path.of("src/test/resources/org/junitsandbox/corpus");

    /**
     * Has each file of a corpus and each twin examined in a sandbox.
     *
     * @param script the program that examines them
     * @param directory a new one, for the files
     * @return by names of files
     */
    static Map<String, Examination> of(Corpus corpus, String script, Shell shell, Path directory) throws IOException {
        StringBuilder input = new StringBuilder();
        Set<String> twins = new HashSet<>();
        for (HostileFile file : corpus.files()) {
            add(file, file.attack().name(), directory, input);
            HarmlessFile twin = file.harmlessTwin();
            // Many have the same twin.
            if (twins.add(file.format().name() + Arrays.toString(twin.bytes()))) {
                add(twin, "TWIN", directory, input);
            }
        }
        shell.copyIn(directory, "corpus");
        shell.copyIn(HANDLERS, "handlers");
        CommandResult result = shell.run(
                Command.of("python3 -B handlers/" + script).stdin(input.toString()));
        assertThat(result).succeeded().hasNoStderr();
        return result.stdout()
                .lines()
                .map(Examination::parse)
                .collect(Collectors.toMap(Examination::name, Function.identity()));
    }

    private static void add(CorpusFile file, String attack, Path directory, StringBuilder input) throws IOException {
        file.writeTo(Files.createDirectories(directory).resolve(file.fileName()));
        input.append(attack).append(" /work/corpus/").append(file.fileName()).append('\n');
    }

    static Examination parse(String line) {
        String[] fields = line.split("\t", -1);
        return new Examination(fields[0], words(fields[1]), words(fields[2]), fields[3], fields[4]);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    boolean isRefused() {
        return verdict.startsWith("refused: ");
    }

    /** Whether the naive handler fell for the attack, or did not survive it. */
    boolean isProof(Attack attack) {
        return words(proofs).contains(attack.name()) || proofs.startsWith("failed: ") || proofs.startsWith("killed ");
    }
}
