package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junitsandbox.spec.ResourceLimits;

/** The security page states the actual default limits and the actual versions of bundled libraries. */
class SecurityPageTests {

    private final String page;

    SecurityPageTests() throws IOException {
        page = Files.readString(Path.of("src/docs/security.md"));
    }

    @Test
    void listsTheDefaultLimits() {
        ResourceLimits limits = ResourceLimits.DEFAULT;

        assertThat(Map.of(
                        "memory", mebibytes(limits.memoryBytes()),
                        "processes", Integer.toString(limits.processes()),
                        "CPU", "%.0f CPU".formatted(limits.cpus()),
                        "time", limits.commandTime().toSeconds() + " s a command",
                        "open files", String.format(Locale.ROOT, "%,d", limits.openFiles()),
                        "output", mebibytes(limits.outputBytes()) + " a stream, the rest dropped",
                        "writable places", "`/work`, `/tmp`, " + mebibytes(limits.workBytes()) + " each; `/dev/shm`, "
                                + mebibytes(limits.inputBytes() + (1 << 20))))
                .allSatisfy((limit, value) ->
                        assertThat(page).containsPattern("(?m)^\\| " + limit + " \\|.*\\| " + value + " \\|$"));
        assertThat(limits.tmpBytes()).isEqualTo(limits.workBytes());
    }

    /**
     * Scanners do not see libraries inside other jars. When this test fails because a version has changed, look up the
     * advisories for the new version before changing the page.
     */
    @Test
    void namesTheVersionsOfLibrariesInsideOtherJars() throws Exception {
        String testcontainers = "org.testcontainers.shaded.";
        Object jackson = Class.forName(testcontainers + "com.fasterxml.jackson.core.json.PackageVersion")
                .getField("VERSION")
                .get(null);
        Class<?> bouncyCastle = Class.forName(testcontainers + "org.bouncycastle.jce.provider.BouncyCastleProvider");
        Method bouncyCastleVersion = bouncyCastle.getMethod("getVersionStr");

        assertThat(page)
                .contains("| Jackson " + jackson + " |")
                .contains("| Bouncy Castle "
                        + bouncyCastleVersion.invoke(bouncyCastle.getConstructor().newInstance()) + " |")
                .contains("| HttpClient " + version("org.apache.httpcomponents.client5/httpclient5") + " |")
                .contains("| HttpCore " + version("org.apache.httpcomponents.core5/httpcore5") + " |");
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static String version(String artifact) throws IOException {
        String name = "/META-INF/maven/" + artifact + "/pom.properties";
        try (InputStream properties = Objects.requireNonNull(SecurityPageTests.class.getResourceAsStream(name), name)) {
            Properties maven = new Properties();
            maven.load(properties);
            return maven.getProperty("version");
        }
    }
}
