package org.junitsandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the profile {@code release} would publish, in a repository in a directory, with the classes of the build under
 * test. Needs no engine.
 */
@Timeout(value = MavenBuild.LIMIT_MINUTES, unit = TimeUnit.MINUTES)
class ReleaseIT {

    private static final String SNAPSHOT = "-SNAPSHOT";

    private static final Set<String> TYPES =
            new TreeSet<>(Set.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json"));

    @TempDir
    private static Path elsewhere;

    private static SigningKey key;

    /** The path of a published file up to its type. */
    private static Path base;

    @BeforeAll
    static void publish() throws Exception {
        assumeFalse(MavenBuild.OFFLINE, "offline, Maven cannot fetch the plugins of the profile \"release\"");
        key = SigningKey.generate();
        MavenBuild build = MavenBuild.in(elsewhere);
        XmlValues pom = XmlValues.of(Path.of("pom.xml"));
        String current = pom.at("/project/version");
        String version = current.replace(SNAPSHOT, "");
        Path copy = elsewhere.resolve("pom.xml");
        Files.writeString(
                copy,
                Files.readString(copy)
                        .replace("<version>" + current + "</version>", "<version>" + version + "</version>"));
        Path classes = Path.of("target/classes");
        try (Stream<Path> compiled = Files.walk(classes)) {
            for (Path source : compiled.toList()) {
                Path target = elsewhere.resolve(source);
                Files.createDirectories(target.getParent());
                Files.copy(source, target);
            }
        }
        build.run(
                Map.of("MAVEN_GPG_KEY", key.armored(), "MAVEN_GPG_PASSPHRASE", SigningKey.PASSPHRASE),
                "-Prelease",
                "-Dmaven.main.skip",
                "-Dmaven.install.skip",
                "-DaltDeploymentRepository=staging::file:staging",
                "deploy");
        String artifact = pom.at("/project/artifactId");
        base = elsewhere.resolve(Path.of(
                "staging", pom.at("/project/groupId").replace('.', '/'), artifact, version, artifact + "-" + version));
    }

    @Test
    void stagesWhatMavenCentralAsksFor() throws Exception {
        Set<String> expected = TYPES.stream()
                .flatMap(type -> Stream.of("", ".asc", ".md5", ".sha1").map(suffix -> type + suffix))
                .filter(name -> !name.matches(".*\\.asc\\.(md5|sha1)"))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(base.getParent())) {
            assertThat(files.map(file -> file.getFileName()
                            .toString()
                            .substring(base.getFileName().toString().length())))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void signsEveryFile() {
        assertThat(TYPES)
                .allSatisfy(type -> assertThat(key.hasSigned(file(type), file(type + ".asc"))).isTrue());
    }

    @Test
    void isNotSignedByTheKeyWhatWasChanged() throws Exception {
        Path changed = Files.writeString(elsewhere.resolve("changed.pom"), Files.readString(file(".pom")) + "\n");

        assertThat(key.hasSigned(changed, file(".pom.asc"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-1"})
    void givesTheChecksumOfEveryFile(String algorithm) {
        String suffix = "." + algorithm.toLowerCase(Locale.ROOT).replace("-", "");

        assertThat(TYPES).allSatisfy(type -> assertThat(file(type + suffix))
                .hasContent(HexFormat.of()
                        .formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file(type))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url"
            })
    void publishesAPomThatDeclares(String element) throws Exception {
        assertThat(XmlValues.of(file(".pom")).at("/project/" + element)).isNotEmpty();
    }

    @Test
    void publishesAPomOfARelease() {
        assertThat(file(".pom")).content().doesNotContain(SNAPSHOT);
    }

    @Test
    void givesTheModuleItsName() {
        assertThat(ModuleFinder.of(file(".jar")).findAll())
                .extracting(ModuleReference::descriptor)
                .extracting(descriptor -> descriptor.name() + ", automatic " + descriptor.isAutomatic())
                .containsExactly("org.junitsandbox, automatic true");
    }

    @Test
    void listsHostileFilesWithNothingButTheJar() throws Exception {
        Process list = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        file(".jar").toString(),
                        "list",
                        "zip-traversal-parent")
                .redirectErrorStream(true)
                .start();

        assertThat(list.inputReader().lines()).singleElement().asString().startsWith("zip-traversal-parent\t");
        assertThat(list.waitFor()).isZero();
    }

    @Test
    void packagesASourceForEveryTopLevelClass() throws Exception {
        List<String> classes = names(".jar", ".class").stream()
                .filter(name -> !name.contains("$"))
                .toList();

        assertThat(names("-sources.jar", ".java"))
                .as("sources; stale classes go with \"mvn clean\"")
                .containsExactlyInAnyOrderElementsOf(classes);
    }

    @Test
    void documentsThePublicPackagesOnly() throws Exception {
        List<String> pages = names("-javadoc.jar", ".html");

        assertThat(pages).contains("org/junitsandbox/Sandbox", "org/junitsandbox/shell/Shell");
        assertThat(pages).noneMatch(page -> page.contains("/internal/"));
    }

    private static Path file(String type) {
        return Path.of(base + type);
    }

    /** The names of the entries of a published archive that end with {@code ending}, without it. */
    private static List<String> names(String type, String ending) throws Exception {
        try (ZipFile archive = new ZipFile(file(type).toFile(), ISO_8859_1)) {
            return archive.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .toList();
        }
    }
}
