package org.junitsandbox.assertj;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.FileChange;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.StrayOutput;

/**
 * Assertions on the files of a sandbox, on what has changed, on what it used and on what commands have left behind.
 * Paths are absolute or relative to the shell's directory, except those of changes. Symbolic links are not followed: a
 * link exists even if what it points to does not.
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

    /**
     * Asserts how much memory was in use at most since the sandbox was handed out: of all processes, and of all files
     * in memory.
     *
     * @param bytes what {@link org.junitsandbox.shell.Usage#peakMemory()} is at most
     * @return this assertion
     * @throws AssertionError if it was more, or may have been, or is not known
     */
    public ShellAssert usedAtMost(long bytes) {
        return usage(checks -> checks.memoryAtMost(bytes));
    }

    /**
     * Asserts how much memory was in use at most, as {@link #usedAtMost(long)} does.
     *
     * @param size for example {@code "64MiB"}, as in {@link org.junitsandbox.spec.ResourceLimits#memory(String)}
     * @return this assertion
     * @throws AssertionError if it was more, or may have been, or is not known
     * @throws IllegalArgumentException if {@code size} is not a size
     */
    public ShellAssert usedAtMost(String size) {
        return usedAtMost(Units.bytes(size));
    }

    /**
     * Asserts how much CPU time all processes took since the sandbox was handed out. About 2 ms for each command are
     * the library's own.
     *
     * @param limit what {@link org.junitsandbox.shell.Usage#cpuTime()} is at most
     * @return this assertion
     * @throws AssertionError if it was more or is not known
     */
    public ShellAssert usedCpuAtMost(Duration limit) {
        return usage(checks -> checks.cpuAtMost(limit));
    }

    /**
     * Asserts how long all commands and copies took since the sandbox was handed out. Time between them does not count.
     *
     * @param limit what {@link org.junitsandbox.shell.Usage#wallTime()} is at most
     * @return this assertion
     * @throws AssertionError if they took longer together
     */
    public ShellAssert finishedWithin(Duration limit) {
        return usage(checks -> checks.wallTimeAtMost(limit));
    }

    /**
     * Asserts that nothing has tried to reach a network since the sandbox was handed out; see
     * {@link CommandResultAssert#triedNoNetwork()}.
     *
     * @return this assertion
     * @throws AssertionError if there was an attempt, with how many of which kind, or if that is not known
     */
    public ShellAssert triedNoNetwork() {
        return usage(UsageChecks::noNetwork);
    }

    private ShellAssert usage(Function<UsageChecks, Check> check) {
        requireActual();
        UsageChecks checks = UsageChecks.ofSandbox(actual.usage());
        return verify(check.apply(checks), () -> "Usage: " + checks.report("       "));
    }

    /**
     * Asserts that commands have left no process behind, as {@link Shell#processes()} lists them.
     *
     * @return this assertion
     * @throws AssertionError if one is left; the message has the first 20 with id, state, CPU time and command line
     */
    public ShellAssert hasNoLeftoverProcesses() {
        requireActual();
        return verify(LeftBehind.noProcesses(actual.processes()), this::sandbox);
    }

    /**
     * Asserts that background processes have written nothing while no command ran, as {@link Shell#strayOutput()} has
     * it.
     *
     * @return this assertion
     * @throws AssertionError if they have; the message has the last lines of each stream
     */
    public ShellAssert hasNoStrayOutput() {
        requireActual();
        StrayOutput output = actual.strayOutput();
        return verify(LeftBehind.noOutput(output), () -> LeftBehind.report(output, secrets()) + "\n" + sandbox());
    }

    /**
     * Asserts that these files have changed since the sandbox was handed out or {@link Shell#markFiles()}, and no
     * others: see {@link Shell#changes()}. A path stands for all that is below it as well, and a directory that was
     * added for it does not count.
     *
     * @param paths at least one path, absolute or relative to {@code /work}
     * @return this assertion
     * @throws AssertionError if another file has changed, or one of these, with all that is below it, has not
     * @throws IllegalArgumentException if no path is given
     */
    public ShellAssert changedOnly(String... paths) {
        if (paths.length == 0) {
            throw new IllegalArgumentException("No path is given that may change: give one or more");
        }
        requireActual();
        return verify(new ChangeChecks(actual.changes()).only(paths), this::sandbox);
    }

    /**
     * Asserts that no file has changed since the sandbox was handed out or {@link Shell#markFiles()}: see {@link
     * Shell#changes()}.
     *
     * @return this assertion
     * @throws AssertionError if one has
     */
    public ShellAssert changedNothing() {
        requireActual();
        return verify(new ChangeChecks(actual.changes()).nothing(), this::sandbox);
    }

    /**
     * Asserts that since the sandbox was handed out or {@link Shell#markFiles()} nothing was written, changed or
     * deleted outside of some directories, that no link in them leads out, and that no special file and no set-user-ID
     * or set-group-ID bit was made there: see {@link Shell#strayFiles}.
     *
     * @param directories at least one path without links, absolute or relative to {@code /work}
     * @return this assertion
     * @throws AssertionError if something was; the message has the first 20 with what they are and where they lead
     * @throws IllegalArgumentException if no directory is given
     */
    public ShellAssert staysInside(String... directories) {
        requireActual();
        return verify(StrayChecks.none(actual.strayFiles(directories), directories), this::sandbox);
    }

    /**
     * Continues with AssertJ's assertions on the list of what has changed: see {@link Shell#changes()}. In {@linkplain
     * SandboxSoftAssertions soft assertions} these are soft as well.
     *
     * @return assertions on the changes, sorted by path
     * @throws AssertionError if the shell is null
     */
    public ListAssert<FileChange> changes() {
        List<FileChange> changes = beforeNavigation(this::requireActual) ? actual.changes().all() : null;
        @SuppressWarnings("unchecked") // A class has no type arguments.
        ListAssert<FileChange> next = withState(
                softly == null ? new ListAssert<>(changes) : softly.proxy(ListAssert.class, List.class, changes));
        return info.hasDescription() ? next : next.as("the changes in the sandbox");
    }

    @Override
    Secrets secrets() {
        return actual == null ? Secrets.NONE : new Secrets(actual::masked);
    }

    private String sandbox() {
        return "Sandbox: " + SandboxName.of(actual.spec().base());
    }

    private FileChecks look(String path) {
        requireActual();
        return new SandboxFile(actual, path).look();
    }
}
