package org.junitsandbox.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Gives the files that the annotation selects to a parameterized test. */
final class HostileFilesProvider extends AnnotationBasedArgumentsProvider<HostileFiles> {

    HostileFilesProvider() {}

    @Override
    protected Stream<? extends Arguments> provideArguments(
            ParameterDeclarations parameters, ExtensionContext context, HostileFiles selection) {
        return select(selection).stream().map(Arguments::of);
    }

    private static List<HostileFile> select(HostileFiles selection) {
        // Finds what is misspelled.
        Set<HostileFile> named =
                Arrays.stream(selection.names()).map(Corpus::file).collect(Collectors.toSet());
        List<HostileFile> files = (selection.huge() ? Corpus.all() : Corpus.standard())
                .formats(selection.formats())
                .groups(selection.groups())
                .attacks(selection.attacks())
                .filter(file -> named.isEmpty() || named.contains(file))
                .files();
        if (files.isEmpty()) {
            throw new IllegalArgumentException("No hostile file is selected by " + selection + ". "
                    + attacksOf(selection) + " Files larger than 4 MiB need huge = true.");
        }
        return files;
    }

    private static String attacksOf(HostileFiles selection) {
        return "These formats have files for the attacks "
                + Corpus.all().formats(selection.formats()).groups(selection.groups()).stream()
                        .map(HostileFile::attack)
                        .distinct()
                        .sorted()
                        .toList()
                + ".";
    }
}
