package org.junitsandbox.assertj;

import java.util.function.Function;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.StringAssert;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.FileStatus;

/**
 * Assertions on a file in a sandbox, made by {@link ShellAssert#file}. Each looks at the file anew. Symbolic links are
 * not followed.
 *
 * <p>Assertions on size and content hold for regular files only: they fail for a link, a directory, a device and a file
 * that does not exist. Every assertion throws {@link org.junitsandbox.shell.SandboxException} if the sandbox cannot be
 * used, or if an existing file cannot be read or is larger than what may be copied out.
 *
 * <p>Not safe for use by several threads, as AssertJ's assertions are not.
 *
 * @since 0.1
 */
public class SandboxFileAssert extends SandboxAssert<SandboxFileAssert, SandboxFile> {

    /**
     * For {@link ShellAssert#file} and for AssertJ's soft assertions.
     *
     * @param actual the file; every assertion on null fails
     */
    public SandboxFileAssert(@Nullable SandboxFile actual) {
        super(actual, SandboxFileAssert.class);
    }

    /**
     * Asserts that something has this name, of whatever type.
     *
     * @return this assertion
     * @throws AssertionError if nothing has
     */
    public SandboxFileAssert exists() {
        return verify(FileChecks::exists);
    }

    /**
     * Asserts that nothing has this name.
     *
     * @return this assertion
     * @throws AssertionError if something has, even if it is a link that leads nowhere
     */
    public SandboxFileAssert doesNotExist() {
        return verify(FileChecks::doesNotExist);
    }

    /**
     * Asserts that it is a regular file.
     *
     * @return this assertion
     * @throws AssertionError if it is something else or does not exist
     */
    public SandboxFileAssert isRegularFile() {
        return verify(file -> file.is(FileStatus.Type.REGULAR_FILE));
    }

    /**
     * Asserts that it is a directory.
     *
     * @return this assertion
     * @throws AssertionError if it is something else or does not exist
     */
    public SandboxFileAssert isDirectory() {
        return verify(file -> file.is(FileStatus.Type.DIRECTORY));
    }

    /**
     * Asserts that it is a symbolic link, wherever it leads.
     *
     * @return this assertion
     * @throws AssertionError if it is something else or does not exist
     */
    public SandboxFileAssert isSymbolicLink() {
        return verify(file -> file.is(FileStatus.Type.SYMBOLIC_LINK));
    }

    /**
     * Asserts the size of a regular file.
     *
     * @param bytes its size as {@code stat} reports it, in bytes
     * @return this assertion
     * @throws AssertionError if it has another size or is not a regular file
     */
    public SandboxFileAssert hasSize(long bytes) {
        return verify(file -> file.hasSize(bytes));
    }

    /**
     * Asserts that it is a regular file of size 0, as {@code stat} reports it; so are the files of {@code /proc}.
     *
     * @return this assertion
     * @throws AssertionError if it has another size or is not a regular file
     */
    public SandboxFileAssert isEmpty() {
        return verify(FileChecks::isEmpty);
    }

    /**
     * Asserts that it is a regular file of a size above 0, as {@code stat} reports it.
     *
     * @return this assertion
     * @throws AssertionError if its size is 0 or it is not a regular file
     */
    public SandboxFileAssert isNotEmpty() {
        return verify(FileChecks::isNotEmpty);
    }

    /**
     * Asserts the permissions of a file of any type, including the bits for set-user-ID, set-group-ID and sticky.
     *
     * @param octal for example {@code "0644"}, {@code "755"} or {@code "4755"}
     * @return this assertion
     * @throws AssertionError if it has another mode or does not exist
     * @throws IllegalArgumentException if {@code octal} is not one to five octal digits
     */
    public SandboxFileAssert hasMode(String octal) {
        return verify(file -> file.hasMode(octal));
    }

    /**
     * Asserts the first bytes of a regular file.
     *
     * @param bytes what the file is expected to start with
     * @return this assertion
     * @throws AssertionError if it starts with anything else or is not a regular file
     */
    public SandboxFileAssert startsWith(byte... bytes) {
        return verifyContent(content -> content.startsWith(bytes));
    }

    /**
     * Asserts the whole content of a regular file, as UTF-8. Nothing is trimmed.
     *
     * @param text what the file is expected to contain, line feeds included
     * @return this assertion
     * @throws AssertionError if it contains anything else or is not a regular file
     */
    public SandboxFileAssert hasContent(String text) {
        return verifyContent(content -> content.is(text));
    }

    /**
     * Asserts the whole content of a regular file, to the byte.
     *
     * @param bytes what the file is expected to contain
     * @return this assertion
     * @throws AssertionError if it contains anything else or is not a regular file
     */
    public SandboxFileAssert hasBytes(byte[] bytes) {
        return verifyContent(content -> content.isBytes(bytes));
    }

    /**
     * Asserts that a regular file contains each of the texts, as UTF-8 and in whatever order.
     *
     * @param texts at least one text
     * @return this assertion
     * @throws AssertionError if one is missing or it is not a regular file
     * @throws IllegalArgumentException if no text is given
     */
    public SandboxFileAssert contentContains(CharSequence... texts) {
        return verifyContent(content -> content.contains(texts));
    }

    /**
     * Asserts that a regular file contains none of the texts, as UTF-8.
     *
     * @param texts at least one text
     * @return this assertion
     * @throws AssertionError if it contains one or is not a regular file
     * @throws IllegalArgumentException if no text is given
     */
    public SandboxFileAssert contentDoesNotContain(CharSequence... texts) {
        return verifyContent(content -> content.doesNotContain(texts));
    }

    /**
     * Continues with AssertJ's assertions on the text of a regular file. In {@linkplain SandboxSoftAssertions soft
     * assertions} these are soft as well.
     *
     * @return assertions on what the file contains, as UTF-8 text
     * @throws AssertionError if it is not a regular file
     */
    public AbstractStringAssert<?> content() {
        boolean readable = beforeNavigation(() -> {
            requireActual();
            verify(file -> file.is(FileStatus.Type.REGULAR_FILE));
        });
        String text = readable ? actual.shell().copyOutText(actual.path()) : null;
        if (actual != null && !info.hasDescription()) {
            // Not of the text's assertions: in soft assertions AssertJ gives them the description of this one.
            as("the content of %s", actual);
        }
        // AssertJ makes what a method of this name returns soft by itself.
        StringAssert next = withState(new StringAssert(text));
        return next;
    }

    private SandboxFileAssert verifyContent(Function<Content, Check> check) {
        return verify(file -> file.content(() -> actual.shell().copyOut(actual.path()), check));
    }

    private SandboxFileAssert verify(Function<FileChecks, Check> check) {
        requireActual();
        FileChecks file = actual.look();
        return verify(check.apply(file), file::report);
    }
}
