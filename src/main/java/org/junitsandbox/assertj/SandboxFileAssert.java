package org.junitsandbox.assertj;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ByteArrayAssert;
import org.assertj.core.api.StringAssert;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.FileStatus;
import org.junitsandbox.shell.ListedFile;
import org.junitsandbox.shell.Shell;

/**
 * Assertions on a file in a sandbox, made by {@link ShellAssert#file}. Each looks at the file anew, and reads no more
 * of it than it needs. Symbolic links are not followed, except by {@link #followingLinks()}.
 *
 * <p>Assertions on size and content hold for regular files only: they fail for a link, a directory, a device and a file
 * that does not exist. Every assertion throws {@link org.junitsandbox.shell.SandboxException} if the sandbox cannot be
 * used, or if an existing file cannot be read or is larger than what may be copied out.
 *
 * <p>Not safe for use by several threads, as AssertJ's assertions are not.
 *
 * @since 0.1
 */
public class SandboxFileAssert extends FileAttributesAssert {

    /** Besides those that are compared, to be shown in a message. */
    private static final int SHOWN_BYTES = 32;

    private boolean isRecursive;

    /**
     * For {@link ShellAssert#file} and for AssertJ's soft assertions.
     *
     * @param actual the file; every assertion on null fails
     */
    public SandboxFileAssert(@Nullable SandboxFile actual) {
        super(actual);
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
     * Continues with assertions on what the path leads to, with all symbolic links in it followed.
     *
     * @return assertions on that file
     * @throws AssertionError if it leads nowhere
     */
    public SandboxFileAssert followingLinks() {
        Optional<String> resolved = actual == null ? Optional.empty() : actual.shell().resolveLinks(actual.path());
        beforeNavigation(() -> {
            requireActual();
            verify(file -> file.leadsTo(resolved));
        });
        SandboxFile file = actual == null ? null : new SandboxFile(actual.shell(), resolved.orElse(actual.path()));
        return navigate(SandboxFileAssert.class, SandboxFile.class, SandboxFileAssert::new, file);
    }

    /**
     * Asserts the SHA-256 of a regular file. It is computed in the sandbox, so that none of a large file is copied.
     *
     * @param hex 64 hexadecimal digits
     * @return this assertion
     * @throws AssertionError if it has another one or is not a regular file
     * @throws IllegalArgumentException if {@code hex} is not 64 hexadecimal digits
     */
    public SandboxFileAssert hasSha256(String hex) {
        return verify(file -> file.hasSha256(hex, () -> actual.shell().sha256(actual.path())));
    }

    /**
     * Asserts that it is a directory with nothing in it.
     *
     * @return this assertion
     * @throws AssertionError if there is something in it, or it is no directory
     */
    public SandboxFileAssert isEmptyDirectory() {
        return verifyEntries(DirectoryChecks::isEmpty);
    }

    /**
     * Asserts that names are in a directory, whatever else is.
     *
     * @param names at least one name; after {@link #recursively()}, paths relative to it
     * @return this assertion
     * @throws AssertionError if one is missing, or it is no directory
     * @throws IllegalArgumentException if no name is given
     */
    public SandboxFileAssert containsEntries(String... names) {
        return verifyEntries(directory -> directory.contains(names));
    }

    /**
     * Asserts the names of all that is in a directory, in whatever order.
     *
     * @param names all names; after {@link #recursively()}, paths relative to it, those of directories as well
     * @return this assertion
     * @throws AssertionError if one is missing or there is another, or it is no directory
     */
    public SandboxFileAssert containsExactlyEntries(String... names) {
        return verifyEntries(directory -> directory.containsExactly(names));
    }

    /**
     * Lets the following assertions on the entries of a directory see all that is below it.
     *
     * @return this assertion
     */
    public SandboxFileAssert recursively() {
        isRecursive = true;
        return this;
    }

    /**
     * Asserts the first bytes of a regular file, for example those by which its format is known. No more of it is read.
     *
     * @param bytes what the file is expected to start with
     * @return this assertion
     * @throws AssertionError if it starts with anything else or is not a regular file
     */
    public SandboxFileAssert startsWith(byte... bytes) {
        Supplier<byte[]> head = () -> actual.shell().copyOutHead(actual.path(), bytes.length + SHOWN_BYTES);
        return verify(file -> file.content(head, secrets(), content -> content.startsWith(bytes)));
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
            as("the content of %s", secrets().in(actual.toString()));
        }
        // AssertJ makes what a method of this name returns soft by itself.
        StringAssert next = withState(new StringAssert(text));
        return next;
    }

    /**
     * Continues with AssertJ's assertions on the bytes of a regular file. In {@linkplain SandboxSoftAssertions soft
     * assertions} these are soft as well.
     *
     * @return assertions on what the file contains
     * @throws AssertionError if it is not a regular file
     */
    public AbstractByteArrayAssert<?> bytes() {
        boolean readable = beforeNavigation(() -> {
            requireActual();
            verify(file -> file.is(FileStatus.Type.REGULAR_FILE));
        });
        byte[] bytes = readable ? actual.shell().copyOut(actual.path()) : null;
        ByteArrayAssert next = navigate(ByteArrayAssert.class, byte[].class, ByteArrayAssert::new, bytes);
        return info.hasDescription() ? next : next.as("the bytes of %s", secrets().in(String.valueOf(actual)));
    }

    private SandboxFileAssert verifyEntries(Function<DirectoryChecks, Check> check) {
        Supplier<List<String>> entries = () -> {
            Shell shell = actual.shell();
            String path = actual.path();
            List<ListedFile> files = isRecursive ? shell.listRecursively(path) : shell.list(path);
            return files.stream().map(ListedFile::path).toList();
        };
        return verify(file -> file.entries(entries, check));
    }

    private SandboxFileAssert verifyContent(Function<Content, Check> check) {
        return verify(file -> file.content(() -> actual.shell().copyOut(actual.path()), secrets(), check));
    }
}
