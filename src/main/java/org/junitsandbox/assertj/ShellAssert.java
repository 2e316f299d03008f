package org.junitsandbox.assertj;

import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.Shell;

/**
 * Assertions on the files of a sandbox. Paths are absolute or relative to the shell's directory. Symbolic links are not
 * followed: a link exists even where what it points to does not.
 *
 * <p>Every assertion throws {@link org.junitsandbox.shell.SandboxException} when the sandbox cannot be asked, and
 * {@link IllegalArgumentException} if a path holds a NUL character.
 *
 * @since 0.1
 */
public class ShellAssert extends SandboxAssert<ShellAssert, Shell> {

    /** For {@link SandboxAssertions#assertThat(Shell)} and for AssertJ's soft assertions. */
    public ShellAssert(@Nullable Shell actual) {
        super(actual, ShellAssert.class);
    }

    /**
     * Goes on to assertions on one file, which need not exist. In {@linkplain SandboxSoftAssertions soft assertions}
     * these are soft, too. A description goes with it.
     *
     * @throws AssertionError if there is no shell
     */
    public SandboxFileAssert file(String path) {
        beforeNavigation(this::isNotNull);
        SandboxFile file = actual == null ? null : new SandboxFile(actual, path);
        return navigate(SandboxFileAssert.class, SandboxFile.class, SandboxFileAssert::new, file);
    }

    /**
     * Asserts that something has this name, of whatever type.
     *
     * @throws AssertionError if nothing has
     */
    public ShellAssert exists(String path) {
        FileChecks file = look(path);
        return verify(file.exists(), file::report);
    }

    /**
     * Asserts that nothing has this name.
     *
     * @throws AssertionError if something has, be it a link that leads nowhere
     */
    public ShellAssert doesNotExist(String path) {
        FileChecks file = look(path);
        return verify(file.doesNotExist(), file::report);
    }

    private FileChecks look(String path) {
        isNotNull();
        return new SandboxFile(actual, path).look();
    }
}
