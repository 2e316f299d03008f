package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.shell.FileStatus;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.SandboxSpec;

class FileChecksTests {

    private static final String MISSING = "but nothing has that name";
    private static final SandboxSpec.Base IMAGE = new SandboxSpec.Image("busybox:latest", PullPolicy.MISSING);

    private final FileChecks missing = checks("notes", null);
    private final FileChecks file = checks("/work/notes", new FileStatus(FileStatus.Type.REGULAR_FILE, 12, 0644));
    private final FileChecks empty = checks("notes", new FileStatus(FileStatus.Type.REGULAR_FILE, 0, 04755));
    private final FileChecks directory = checks("notes", new FileStatus(FileStatus.Type.DIRECTORY, 0, 01777));
    private final FileChecks link = checks("notes", new FileStatus(FileStatus.Type.SYMBOLIC_LINK, 3, 0777));
    private final FileChecks pipe = checks("notes", new FileStatus(FileStatus.Type.OTHER, 0, 0600));

    static Stream<Function<FileChecks, Check>> requiresTheFileForEverythingButAbsence() {
        return Stream.of(
                FileChecks::exists,
                checks -> checks.is(FileStatus.Type.DIRECTORY),
                checks -> checks.hasMode("0644"),
                checks -> checks.hasSize(0),
                FileChecks::isEmpty,
                FileChecks::isNotEmpty,
                checks -> checks.content(FileChecksTests::unread, content -> content.is("")));
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
                .isEqualTo(new Check("notes to be a directory", "but it is a pipe, socket or device", null));
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
        assertThat(directory.content(FileChecksTests::unread, content -> content.is("")))
                .isEqualTo(new Check(
                        "the content of notes to be:\n  \"\"", "but it is a directory, not a regular file", null));
        assertThat(file.content(() -> new byte[] {'a'}, content -> content.is("a")).found()).isNull();
        assertThat(file.content(() -> new byte[] {'a'}, content -> content.contains("b")))
                .isEqualTo(new Check("the content of /work/notes to contain:\n  \"b\"", "but it is missing", null));
    }

    @Test
    void reportsNameSandboxAndStatus() {
        assertThat(file.report())
                .isEqualTo("Path:    /work/notes\nSandbox: busybox:latest\nStatus:  regular file, 12 bytes, mode 0644");
        assertThat(missing.report())
                .isEqualTo("Path:    notes (in /work)\nSandbox: busybox:latest\n"
                        + "Status:  missing");
        SandboxSpec.Base base = new SandboxSpec.Dockerfile(Path.of("/src/Dockerfile"));
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
