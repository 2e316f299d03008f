package org.junitsandbox.assertj;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.FileStatus;

/** The assertions of {@link SandboxFileAssert} on what holds for files of any type. */
abstract class FileAttributesAssert extends SandboxAssert<SandboxFileAssert, SandboxFile> {

    FileAttributesAssert(@Nullable SandboxFile actual) {
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
     * Asserts the owner of a file of any type, by the numbers of user and group in the sandbox.
     *
     * @param userId the number of its user, {@code 65534} for example
     * @param groupId the number of its group
     * @return this assertion
     * @throws AssertionError if it belongs to another user or group or does not exist
     */
    public SandboxFileAssert hasOwner(long userId, long groupId) {
        return verify(file -> file.hasOwner(userId, groupId));
    }

    /**
     * Asserts when a file of any type was modified last, to the nanosecond. Any command can set that time.
     *
     * @param time the time, as its file system keeps it
     * @return this assertion
     * @throws AssertionError if it has another time or does not exist
     */
    public SandboxFileAssert wasModifiedAt(Instant time) {
        return verify(file -> file.wasModifiedAt(time));
    }

    /**
     * Asserts that it is a symbolic link, and what it holds.
     *
     * @param target what {@code readlink} prints, whether it leads anywhere or not
     * @return this assertion
     * @throws AssertionError if it holds anything else, is no symbolic link or does not exist
     */
    public SandboxFileAssert hasLinkTarget(String target) {
        return verify(file -> file.hasLinkTarget(target));
    }

    @Override
    Secrets secrets() {
        return actual == null ? Secrets.NONE : new Secrets(actual.shell()::masked);
    }

    SandboxFileAssert verify(Function<FileChecks, Check> check) {
        requireActual();
        FileChecks file = actual.look();
        return verify(check.apply(file), file::report);
    }
}
