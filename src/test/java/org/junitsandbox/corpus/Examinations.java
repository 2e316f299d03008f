package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/** What was found of a corpus: each hostile file is what it claims to be, and each twin is harmless. */
final class Examinations {

    static final Examinations NONE = new Examinations(Map.of());

    private static final Path HANDLERS = Path.of("src/test/resources/org/junitsandbox/corpus");

    private final Map<String, Examination> byFileName;

    private Examinations(Map<String, Examination> byFileName) {
        this.byFileName = byFileName;
    }

    /**
     * Has each file of a corpus and each twin examined in a sandbox.
     *
     * @param script the program that examines them
     * @param directory a new one, for the files
     */
    static Examinations of(Corpus corpus, String script, Shell shell, Path directory) throws IOException {
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
        return new Examinations(result.stdout()
                .lines()
                .map(Examination::parse)
                .collect(Collectors.toMap(Examination::name, Function.identity())));
    }

    private static void add(CorpusFile file, String attack, Path directory, StringBuilder input) throws IOException {
        file.writeTo(Files.createDirectories(directory).resolve(file.fileName()));
        input.append(attack).append(" /work/corpus/").append(file.fileName()).append('\n');
    }

    private Examination of(HostileFile file) {
        return Objects.requireNonNull(byFileName.get(file.fileName()), file.fileName());
    }

    void assertConfirmed(HostileFile file) {
        assertThat(of(file))
                .matches(
                        each -> each.claims().contains(file.attack().name())
                                || each.isRefusedByPrograms(),
                        "confirmed by an independent reader as " + file.attack());
    }

    void assertBringsDownANaiveHandler(HostileFile file) {
        assertThat(of(file)).matches(each -> each.isProof(file.attack()), "a fall for " + file.attack());
    }

    void assertRefused(HostileFile file) {
        assertThat(of(file)).matches(Examination::isRefused, "a refusal, not a failure");
    }

    /** Readers and handlers take each twin. */
    void assertTwinsAreTaken(int moreThan) {
        List<Examination> twins = byFileName.values().stream()
                .filter(each -> each.name().contains("-twin."))
                .toList();

        assertThat(twins).hasSizeGreaterThan(moreThan).allSatisfy(twin -> {
            assertThat(twin.claims()).isEmpty();
            assertThat(twin.complaints()).isEmpty();
            assertThat(twin.proofs()).isEmpty();
            assertThat(twin.verdict()).isEqualTo("taken");
        });
    }
}
