package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What is there in the morning of a test that failed at night. */
class FailureReportTest {

    private final List<Throwable> failures = new ArrayList<>();
    private final List<Path> published = new ArrayList<>();

    private void run(Class<?> type) {
        LauncherFactory.create().execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(type))
                        .configurationParameter("junit.platform.reporting.output.dir", "target/evidence")
                        .build(),
                new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        result.getThrowable().ifPresent(failures::add);
                    }

                    @Override
                    public void fileEntryPublished(TestIdentifier test, FileEntry entry) {
                        published.add(entry.getPath());
                    }
                });
    }

    @Test
    void hasThePageOfTheSandboxWithAllThatHappened() throws Exception {
        run(FailingUpload.class);

        assertThat(failures).singleElement().asString().contains("getent hosts tracker.example", "network");
        assertThat(published).hasSize(1);
        Path directory = published.get(0);
        assertThat(Files.readString(directory.resolve("transcript.txt")))
                .containsSubsequence("convert upload.svg", "getent hosts tracker.example", "added /work/thumbnails");
        assertThat(directory.resolve("transcript.html")).isRegularFile();
        System.out.println("Open in a browser: " + directory.resolve("transcript.html").toAbsolutePath());
    }
}
