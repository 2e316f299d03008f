package org.junitsandbox.assertj;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.FileStatus;

/**
 * Assertions on a file in a sandbox; {@link ShellAssert#file} makes them. Each looks at the file anew. Symbolic links
 * are not followed.
 *
 * <p>Those on size and content hold for regular files alone: a link, a directory or a device fails them, and so does a
 * file that is not there. Every assertion throws {@link org.junitsandbox.shell.SandboxException} when the sandbox
 * cannot be asked, or when a file that is there cannot be read or is larger than what may be copied out.
 *
 * @since 0.1
 */
public class SandboxFileAssert extends SandboxAssert<SandboxFileAssert, SandboxFile> {

    /** For {@link ShellAssert#file} and for AssertJ's soft assertions. */
    public SandboxFileAssert(@Nullable SandboxFile actual) {
        super(actual, SandboxFileAssert.class);
    }

    /** Asserts that something has this name, of whatever type. */
    public SandboxFileAssert exists() {
        return verify(FileChecks::exists);
    }

    /** Asserts that nothing has this name, not even a link that leads nowhere. */
    public SandboxFileAssert doesNotExist() {
        return verify(FileChecks::doesNotExist);
    }

    /** Asserts that it is a regular file. */
    public SandboxFileAssert isRegularFile() {
        return verify(file -> file.is(FileStatus.Type.REGULAR_FILE));
    }

    /** Asserts that it is a directory. */
    public SandboxFileAssert isDirectory() {
        return verify(file -> file.is(FileStatus.Type.DIRECTORY));
    }

    /** Asserts that it is a symbolic link, wherever it leads. */
    public SandboxFileAssert isSymbolicLink() {
        return verify(file -> file.is(FileStatus.Type.SYMBOLIC_LINK));
    }

    /**
     * Asserts the size of a regular file.
     *
     * @param bytes its size as {@code stat} tells it, in bytes
     */
    public SandboxFileAssert hasSize(long bytes) {
        return verify(file -> file.hasSize(bytes));
    }

    /** Asserts that it is a regular file of size 0, as {@code stat} tells it; so are those of {@code /proc}. */
    public SandboxFileAssert isEmpty() {
        return verify(FileChecks::isEmpty);
    }

    /** Asserts that it is a regular file of a size above 0, as {@code stat} tells it. */
    public SandboxFileAssert isNotEmpty() {
        return verify(FileChecks::isNotEmpty);
    }

    /**
     * Asserts the permissions of anything that has a name, the bits for setuid, setgid and sticky included.
     *
     * @param octal for example {@code "0644"}, {@code "755"} or {@code "4755"}
     * @throws IllegalArgumentException if {@code octal} is no octal number
     */
    public SandboxFileAssert hasMode(String octal) {
        return verify(file -> file.hasMode(octal));
    }

    /** Asserts the first bytes of a regular file. */
    public SandboxFileAssert startsWith(byte... bytes) {
        return verifyContent(content -> content.startsWith(bytes));
    }

    /** Asserts all that a regular file holds, as UTF-8, to the byte: nothing is trimmed. */
    public SandboxFileAssert hasContent(String text) {
        return verifyContent(content -> content.is(text));
    }

    /** Asserts all that a regular file holds. */
    public SandboxFileAssert hasBytes(byte[] bytes) {
        return verifyContent(content -> content.isBytes(bytes));
    }

    /** Asserts that a regular file holds this text, as UTF-8, among what else it may hold. */
    public SandboxFileAssert contentContains(String text) {
        return verifyContent(content -> content.contains(text));
    }

    private SandboxFileAssert verifyContent(Function<Content, Check> check) {
        return verify(file -> file.content(() -> actual.shell().copyOut(actual.path()), check));
    }

    private SandboxFileAssert verify(Function<FileChecks, Check> check) {
        isNotNull();
        FileChecks file = actual.look();
        return verify(check.apply(file), file::report);
    }
}
