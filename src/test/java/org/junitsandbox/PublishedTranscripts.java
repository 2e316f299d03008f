package org.junitsandbox;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junitsandbox.evidence.TranscriptFiles;

/** Runs classes of tests, and has the transcripts that are published of them. */
@SuppressWarnings("NullAway.Init") // a field that JUnit sets
abstract class PublishedTranscripts {

    @TempDir
    Path output;

    final Map<String, String> failures = new TreeMap<>();

    /** Runs a class, and returns the names of tests with the published transcripts. */
    final Map<String, List<String>> transcripts(Map<String, String> parameters, Class<?> type) {
        Map<String, List<String>> published = new TreeMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(type))
                                .configurationParameter("junit.platform.reporting.output.dir", output.toString())
                                .configurationParameters(parameters)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void fileEntryPublished(TestIdentifier test, FileEntry entry) {
                                published
                                        .computeIfAbsent(test.getDisplayName(), name -> new ArrayList<>())
                                        .add(entry.getPath().toString());
                            }

                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable()
                                        .ifPresent(e -> failures.put(test.getDisplayName(), "" + e.getMessage()));
                            }
                        });
        // When all is over, as some files grow.
        published.replaceAll((test, paths) ->
                paths.stream().map(PublishedTranscripts::read).filter(text -> !text.isEmpty()).toList());
        return published;
    }

    private static String read(String directory) {
        try {
            Path text = Path.of(directory, TranscriptFiles.TEXT);
            return Files.exists(text) ? Files.readString(text) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
