package org.junitsandbox.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.VersionComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * The table of a suite: each test's case, engine, verdict and time, including skipped and failed tests. It is printed
 * after the last test and written to {@code target/suites}. Used as {@code @RegisterExtension static final SuiteTable
 * TABLE = new SuiteTable("name")}.
 */
public final class SuiteTable implements BeforeEachCallback, TestWatcher, AfterAllCallback {

    private static final Path DIRECTORY = Path.of("target", "suites");

    private static final int MAX_CELL_CHARS = 160;

    private record Row(String name, String verdict, @Nullable Duration time) {
        String markdown(String engine) {
            return "| " + cell(name) + " | " + cell(engine) + " | " + cell(verdict) + " | "
                    + (time == null ? "" : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)) + " |";
        }

        private static String cell(String text) {
            String line = text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
            return line.length() <= MAX_CELL_CHARS ? line : line.substring(0, MAX_CELL_CHARS) + " …";
        }
    }

    private final String suite;
    private final @Nullable DedicatedEngine dedicated;
    private final Queue<Row> rows = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Long> start = ThreadLocal.withInitial(System::nanoTime);
    private final ThreadLocal<String> verdict = ThreadLocal.withInitial(() -> "held");

    /** The table of a suite that runs on the engine that the library finds. */
    public SuiteTable(String suite) {
        this(suite, null);
    }

    /** The table of a suite that runs on a dedicated engine. */
    public SuiteTable(String suite, @Nullable DedicatedEngine dedicated) {
        this.suite = suite;
        this.dedicated = dedicated;
    }

    /** Sets the verdict of the test that this thread runs, used if the test passes. */
    public void verdict(String text) {
        verdict.set(text);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        verdict.remove();
        start.set(System.nanoTime());
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(context, verdict.get());
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        add(context, "FAILED: " + message(cause));
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        add(context, "skipped: " + message(cause));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        rows.add(new Row(context.getDisplayName(), "skipped: " + reason.orElse("disabled"), null));
    }

    private void add(ExtensionContext context, String text) {
        rows.add(new Row(context.getDisplayName(), text, Duration.ofNanos(System.nanoTime() - start.get())));
    }

    private static String verdictOf(Throwable cause) {
        return cause instanceof TestAbortedException ? "skipped: " : "FAILED: ";
    }

    private static String message(@Nullable Throwable cause) {
        return cause == null
                ? "no reason given"
                : Objects.requireNonNullElse(cause.getMessage(), cause.toString())
                        .strip();
    }

    @Override
    @SuppressWarnings("SystemOut")
    public void afterAll(ExtensionContext context) throws IOException {
        String name = dedicated == null ? engine() : dedicated.description();
        context.getExecutionException().ifPresent(cause ->
                rows.add(new Row("the whole suite", verdictOf(cause) + message(cause), null)));
        String table = Stream.concat(
                        Stream.of("| case | engine | verdict | time |", "|---|---|---|---|"),
                        rows.stream().map(row -> row.markdown(name)))
                .collect(Collectors.joining("\n", "", "\n"));
        System.out.println("\n" + table);
        String file = suite + "-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-") + ".md";
        Files.writeString(Files.createDirectories(DIRECTORY).resolve(file), table);
    }

    /** Describes the engine that the library finds: "Docker 20.10.24+dfsg1, runc". */
    public static String engine() throws IOException {
        if (Cluster.isUsed()) {
            return Cluster.description();
        }
        try (DockerClient client = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig())) {
            return engine(client);
        }
    }

    /** Describes the engine of a client. */
    public static String engine(DockerClient client) {
        Version version = client.versionCmd().exec();
        Info info = client.infoCmd().exec();
        List<VersionComponent> components = Objects.requireNonNullElse(version.getComponents(), List.of());
        boolean podman = components.stream().anyMatch(part -> String.valueOf(part.getName()).contains("Podman"));
        List<String> security = Objects.requireNonNullElse(info.getSecurityOptions(), List.of());
        return (podman ? "Podman " : "Docker ") + version.getVersion()
                + Stream.of("rootless", "userns")
                        // Docker lists it among its security options; Podman has a field for it.
                        .filter(option -> security.contains("name=" + option)
                                || (option.equals("rootless")
                                        && Boolean.TRUE.equals(
                                                info.getRawValues().get("Rootless"))))
                        .map(option -> ", " + option)
                        .collect(Collectors.joining())
                + Optional.ofNullable(info.getRawValues().get("DefaultRuntime"))
                        .map(runtime -> ", " + runtime)
                        .orElse("");
    }
}
