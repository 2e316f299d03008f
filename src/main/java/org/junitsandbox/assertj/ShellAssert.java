package org.junitsandbox.assertj;

import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.Shell;

/**
 * Assertions on the files of a sandbox. Paths are absolute or relative to the shell's directory. Symbolic links are not
 * followed: a link exists even if what it points to does not.
 *
 * <p>Every assertion throws {@link org.junitsandbox.shell.SandboxException} if the sandbox cannot be used, and
 * {@link IllegalArgumentException} if a path has a NUL character.
 *
 * <p>Not safe for use by several threads, as AssertJ's assertions are not.
 *
 * @since 0.1
 */
public class ShellAssert extends SandboxAssert<ShellAssert, Shell> {

    /**
     * For {@link SandboxAssertions#assertThat(Shell)} and for AssertJ's soft assertions.
     *
     * @param actual the shell; every assertion on null fails
     */
    public ShellAssert(@Nullable Shell actual) {
        super(actual, ShellAssert.class);
    }

    /**
     * Continues with assertions on one file, which need not exist. They keep the description of this assertion, and in
     * {@linkplain SandboxSoftAssertions soft assertions} they are soft as well.
     *
     * @param path the file's path in the sandbox
     * @return assertions on that file
     * @throws AssertionError if the shell is null
     */
    public SandboxFileAssert file(String path) {
        beforeNavigation(this::requireActual);
        SandboxFile file = actual == null ? null : new SandboxFile(actual, path);
        return navigate(SandboxFileAssert.class, SandboxFile.class, SandboxFileAssert::new, file);
    }

    /**
     * Asserts that something has this name, of whatever type.
     *
     * @param path the path in the sandbox
     * @return this assertion
     * @throws AssertionError if nothing has
     */
    public ShellAssert exists(String path) {
        FileChecks file = look(path);
        return verify(file.exists(), file::report);
    }

    /**
     * Asserts that nothing has this name.
     *
     * @param path the path in the sandbox
     * @return this assertion
     * @throws AssertionError if something has, even if it is a link that leads nowhere
     */
    public ShellAssert doesNotExist(String path) {
        FileChecks file = look(path);
        return verify(file.doesNotExist(), file::report);
    }

    private FileChecks look(String path) {
        requireActual();
        return new SandboxFile(actual, path).look();
    }
}
