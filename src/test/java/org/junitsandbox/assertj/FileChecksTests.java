package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.shell.FileStatus;
import org.junitsandbox.shell.FileStatuses;
import org.junitsandbox.spec.Base;
import org.junitsandbox.spec.PullPolicy;

class FileChecksTests {

    private static final String MISSING = "but nothing has that name";
    private static final Base IMAGE = new Base.Image("busybox:latest", PullPolicy.MISSING);

    private static final String SHA_256 = "1".repeat(64);

    private final FileChecks missing = checks("notes", null);
    private final FileChecks file = checks("/work/notes", FileStatuses.of(FileStatus.Type.REGULAR_FILE, 12, 0644));
    private final FileChecks empty = checks("notes", FileStatuses.of(FileStatus.Type.REGULAR_FILE, 0, 04755));
    private final FileChecks directory = checks("notes", FileStatuses.of(FileStatus.Type.DIRECTORY, 0, 01777));
    private final FileChecks link = checks("notes", FileStatuses.of(FileStatus.Type.SYMBOLIC_LINK, 3, 0777));
    private final FileChecks pipe = checks("notes", FileStatuses.of(FileStatus.Type.NAMED_PIPE, 0, 0600));

    static Stream<Function<FileChecks, Check>> requiresTheFileForEverythingButAbsence() {
        return Stream.of(
                FileChecks::exists,
                checks -> checks.is(FileStatus.Type.DIRECTORY),
                checks -> checks.hasMode("0644"),
                checks -> checks.hasSize(0),
                FileChecks::isEmpty,
                FileChecks::isNotEmpty,
                checks -> checks.hasOwner(0, 0),
                checks -> checks.wasModifiedAt(Instant.EPOCH),
                checks -> checks.hasLinkTarget("x"),
                checks -> checks.hasSha256(SHA_256, FileChecksTests::unlisted),
                checks -> checks.entries(() -> List.of(unlisted()), DirectoryChecks::isEmpty),
                checks -> checks.content(FileChecksTests::unread, Secrets.NONE, content -> content.is("")));
    }

    @ParameterizedTest
    @MethodSource
    void requiresTheFileForEverythingButAbsence(Function<FileChecks, Check> check) {
        assertThat(check.apply(missing).found()).isEqualTo(MISSING);
    }

    @Test
    void findsThatAnythingWithANameExists() {
        assertThat(Stream.of(file, directory, link, pipe)).allSatisfy(seen -> {
            assertThat(seen.exists().found()).isNull();
            assertThat(seen.doesNotExist().found()).isEqualTo("but it exists");
        });
        assertThat(missing.doesNotExist().found()).isNull();
        assertThat(missing.exists().expectation()).isEqualTo("notes to exist");
        assertThat(missing.doesNotExist().expectation()).isEqualTo("notes not to exist");
    }

    @Test
    void distinguishesTypes() {
        assertThat(link.is(FileStatus.Type.SYMBOLIC_LINK).found()).isNull();
        assertThat(link.is(FileStatus.Type.REGULAR_FILE))
                .isEqualTo(new Check("notes to be a regular file", "but it is a symbolic link", null));
        assertThat(pipe.is(FileStatus.Type.DIRECTORY))
                .isEqualTo(new Check("notes to be a directory", "but it is a named pipe", null));
    }

    @Test
    void acceptsAnOctalModeWithOrWithoutALeadingZero() {
        assertThat(file.hasMode("0644").found()).isNull();
        assertThat(file.hasMode("644").found()).isNull();
        assertThat(empty.hasMode("4755").found()).isNull();
        assertThat(empty.hasMode("755"))
                .isEqualTo(new Check("notes to have mode 0755", "but its mode is 4755", null));
    }

    @Test
    void refusesAModeThatIsNotOctal() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.hasMode("rw-"))
                .withMessage("\"rw-\" is not a mode: expected octal digits, for example \"0644\"");
        assertThatIllegalArgumentException().isThrownBy(() -> file.hasMode("0684"));
    }

    @Test
    void checksTheSizesOfRegularFilesAlone() {
        assertThat(file.hasSize(12).found()).isNull();
        assertThat(file.isNotEmpty().found()).isNull();
        assertThat(empty.isEmpty().found()).isNull();
        assertThat(file.hasSize(1))
                .isEqualTo(new Check("/work/notes to have a size of 1 byte", "but its size is 12 bytes", null));
        assertThat(file.isEmpty())
                .isEqualTo(new Check("/work/notes to be empty", "but its size is 12 bytes", null));
        assertThat(empty.isNotEmpty())
                .isEqualTo(new Check("notes not to be empty", "but its size is 0 bytes", null));
        assertThat(directory.isEmpty().found()).isEqualTo("but it is a directory, not a regular file");
        assertThat(link.hasSize(3).found()).isEqualTo("but it is a symbolic link, not a regular file");
    }

    @Test
    void readsTheContentOfRegularFilesAlone() {
        assertThat(directory.content(FileChecksTests::unread, Secrets.NONE, content -> content.is("")))
                .isEqualTo(new Check(
                        "the content of notes to be:\n  \"\"", "but it is a directory, not a regular file", null));
        assertThat(file.content(() -> new byte[] {'a'}, Secrets.NONE, content -> content.is("a")).found()).isNull();
        assertThat(file.content(() -> new byte[] {'a'}, Secrets.NONE, content -> content.contains("b")))
                .isEqualTo(new Check("the content of /work/notes to contain:\n  \"b\"", "but it is missing", null));
    }

    @Test
    void checksOwnerAndTimeOfAnyFile() {
        assertThat(pipe.hasOwner(65534, 65534).found()).isNull();
        assertThat(pipe.hasOwner(65534, 0))
                .isEqualTo(new Check(
                        "notes to belong to user 65534 and group 0",
                        "but it belongs to user 65534 and group 65534",
                        null));
        assertThat(link.wasModifiedAt(Instant.EPOCH).found()).isNull();
        assertThat(link.wasModifiedAt(Instant.ofEpochSecond(1)))
                .isEqualTo(new Check(
                        "notes to be modified last at 1970-01-01T00:00:01Z",
                        "but it was at 1970-01-01T00:00:00Z",
                        null));
    }

    @Test
    void checksTheTargetsOfLinksAlone() {
        assertThat(link.hasLinkTarget("nowhere").found()).isNull();
        assertThat(link.hasLinkTarget("there"))
                .isEqualTo(new Check("notes to be a symbolic link to there", "but it is one to nowhere", null));
        assertThat(file.hasLinkTarget("x").found()).isEqualTo("but it is a regular file");
        assertThat(link.leadsTo(Optional.of("/x")).found()).isNull();
        assertThat(link.leadsTo(Optional.empty()))
                .isEqualTo(new Check("notes to lead to a file", "but it leads nowhere", null));
    }

    @Test
    void checksTheDigestsOfRegularFilesAlone() {
        String other = SHA_256.replace('1', '2');
        assertThat(file.hasSha256(SHA_256.toUpperCase(Locale.ROOT), () -> SHA_256).found()).isNull();
        assertThat(file.hasSha256(SHA_256, () -> other))
                .isEqualTo(new Check("/work/notes to have the SHA-256 " + SHA_256, "but it has " + other, null));
        assertThat(link.hasSha256(SHA_256, FileChecksTests::unlisted).found())
                .isEqualTo("but it is a symbolic link, not a regular file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.hasSha256("12", () -> ""))
                .withMessage("\"12\" is not a SHA-256: expected 64 hexadecimal digits");
    }

    @Test
    void checksTheEntriesOfDirectoriesAlone() {
        assertThat(entries(directory, DirectoryChecks::isEmpty).found()).isNull();
        assertThat(entries(directory, DirectoryChecks::isEmpty, "a", "b\n"))
                .isEqualTo(new Check("notes to be an empty directory", "but it has 2 entries:\n  a\n  b\\n", null));
        assertThat(entries(directory, seen -> seen.contains("b", "a"), "a", "b", "c").found()).isNull();
        assertThat(entries(directory, seen -> seen.contains("a", "x"), "a", "b"))
                .isEqualTo(new Check(
                        "notes to contain:\n  a\n  x",
                        "but these are missing:\n  x\nIt has 2 entries:\n  a\n  b",
                        null));
        assertThat(entries(directory, seen -> seen.containsExactly("b", "a"), "a", "b").found()).isNull();
        assertThat(entries(directory, seen -> seen.containsExactly("a", "x"), "a", "b"))
                .isEqualTo(new Check(
                        "notes to contain exactly 2 entries:\n  a\n  x",
                        "but these are missing:\n  x\nbut these are there as well:\n  b",
                        null));
        assertThat(entries(directory, DirectoryChecks::containsExactly).expectation())
                .isEqualTo("notes to contain exactly 0 entries");
        assertThat(link.entries(() -> List.of(unlisted()), DirectoryChecks::isEmpty).found())
                .isEqualTo("but it is a symbolic link");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entries(directory, DirectoryChecks::contains))
                .withMessage("No name is given that notes is to contain: give one or more");
    }

    @Test
    void showsTheBeginningOfALongList() {
        String[] names = IntStream.range(10, 110).mapToObj(i -> "n" + i).toArray(String[]::new);

        assertThat(entries(directory, DirectoryChecks::isEmpty, names).found())
                .startsWith("but it has 100 entries:\n  n10\n")
                .endsWith("\n  n29\n  and 80 more");
    }

    private static Check entries(FileChecks file, Function<DirectoryChecks, Check> check, String... names) {
        return file.entries(() -> List.of(names), check);
    }

    private static String unlisted() {
        throw new AssertionError("There is nothing to look at");
    }

    @Test
    void reportsNameSandboxAndStatus() {
        assertThat(file.report())
                .isEqualTo("Path:    /work/notes\nSandbox: busybox:latest\nStatus:  regular file, 12 bytes, mode 0644");
        assertThat(missing.report())
                .isEqualTo("Path:    notes (in /work)\nSandbox: busybox:latest\n"
                        + "Status:  missing");
        Base base = new Base.Dockerfile(Path.of("/src/Dockerfile"));
        assertThat(new FileChecks("/x", base, null, () -> "").report())
                .isEqualTo("Path:    /x\nSandbox: " + Path.of("/src/Dockerfile") + "\nStatus:  missing");
    }

    private static FileChecks checks(String path, @Nullable FileStatus status) {
        return new FileChecks(path, IMAGE, status, () -> "/work");
    }

    private static byte[] unread() {
        throw new AssertionError("There is nothing to read");
    }
}
