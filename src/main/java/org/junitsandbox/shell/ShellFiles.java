package org.junitsandbox.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junitsandbox.spec.ResourceLimits;

/** The methods of {@link Shell} for the files of its sandbox. */
abstract class ShellFiles extends ShellTranscript {

    private final Transfers transfers;

    ShellFiles(SessionTurns turns, TranscriptRecorder recorder) {
        super(recorder);
        this.transfers = new Transfers(turns, recorder);
    }

    /**
     * Copies a file or a directory with all its content into the sandbox. Modes and times of modification are kept, the
     * latter to the second. Links in a directory are copied as links, names to the byte. To a directory that exists,
     * the content is added; its own mode and time stay.
     *
     * @param source a file or directory of this machine, or a link to one
     * @param target the path of the copy in the sandbox, not of the directory to put it in
     * @throws TransferException if {@code source} does not exist or {@code target} cannot be written
     */
    public void copyIn(Path source, String target) {
        transfers.copyIn(source.toString(), target, copy -> copy.path(source, target));
    }

    /**
     * Copies bytes into a file of the sandbox, with mode 0644.
     *
     * @param content what the file is to hold
     * @param target the file's path in the sandbox
     * @throws TransferException if {@code target} cannot be written
     */
    public void copyIn(byte[] content, String target) {
        transfers.copyIn(content, target);
    }

    /**
     * Copies bytes into a file of the sandbox.
     *
     * @param content what the file is to hold
     * @param target the file's path in the sandbox
     * @param octalMode the file's mode, for example {@code "0755"}
     * @throws IllegalArgumentException if the mode is not three or four octal digits
     * @throws TransferException if {@code target} cannot be written
     */
    public void copyIn(byte[] content, String target, String octalMode) {
        transfers.copyIn(content, target, FileModes.parse(octalMode));
    }

    /**
     * Copies a stream, up to its end, into a file of the sandbox, with mode 0644. The stream is left open.
     *
     * @param content what the file is to hold
     * @param target the file's path in the sandbox
     * @throws TransferException if the stream cannot be read or {@code target} cannot be written
     */
    public void copyIn(InputStream content, String target) {
        transfers.copyIn("a stream", content, target);
    }

    /**
     * Writes text into a file of the sandbox, as UTF-8 and with mode 0644.
     *
     * @param text what the file is to hold; to copy a file of this machine, use {@link #copyIn(Path, String)}
     * @param target the file's path in the sandbox
     * @throws TransferException if {@code target} cannot be written
     */
    public void copyInText(String text, String target) {
        copyIn(text.getBytes(StandardCharsets.UTF_8), target);
    }

    /**
     * Writes text into a file of the sandbox, as UTF-8: a script that is to be run, for example.
     *
     * @param text what the file is to hold; to copy a file of this machine, use {@link #copyIn(Path, String)}
     * @param target the file's path in the sandbox
     * @param octalMode the file's mode, for example {@code "0755"}
     * @throws IllegalArgumentException if the mode is not three or four octal digits
     * @throws TransferException if {@code target} cannot be written
     */
    public void copyInText(String text, String target, String octalMode) {
        copyIn(text.getBytes(StandardCharsets.UTF_8), target, octalMode);
    }

    /**
     * Copies a resource from the class path into a file of the sandbox, with mode 0644.
     *
     * @param owner the class that finds the resource, as by {@link Class#getResourceAsStream}
     * @param name the resource's name, relative to the class's package unless it starts with a slash
     * @param target the file's path in the sandbox
     * @throws TransferException if there is no such resource, it cannot be read or {@code target} cannot be written
     */
    public void copyInResource(Class<?> owner, String name, String target) {
        transfers.copyInResource(owner, name, target);
    }

    /**
     * Copies a file or a directory with all its content out of the sandbox. A directory is refused as a whole, and
     * nothing is written, if it holds symbolic links, devices, named pipes, names that are not UTF-8 or that could lead
     * outside {@code target}, more than 100,000 files or directories, or more than 256 inside each other. Sockets are
     * left out. A file that is written to meanwhile is copied as far as it was when its turn came.
     *
     * @param source the path of a file or directory in the sandbox
     * @param target the path of the copy: a file that exists is replaced; for a directory, a new or an empty one
     * @throws TransferException if {@code source} does not exist, is larger than {@link ResourceLimits#copyOutBytes()}
     *     or is refused, or if {@code target} cannot be written
     */
    public void copyOut(String source, Path target) {
        transfers.copyOut(source, target.toString(), copy -> copy.path(source, target));
    }

    /**
     * Copies a directory out of the sandbox for people to look at: unlike {@link #copyOut(String, Path)}, only those
     * entries are left out that are refused there, and the copy's user can read and remove all, and run nothing.
     *
     * @param source the path of a directory in the sandbox
     * @param target a new or an empty directory
     * @param maxBytes how large all its files may be together; one that is larger than what is left of that is left
     *     out
     * @return what is left out and why, one line each: links, devices, files that the sandbox's user cannot read or
     *     that are too large; of very many the first ones, and how many more
     * @throws TransferException if {@code target} cannot be written
     */
    public List<String> copyOutForReading(String source, Path target, long maxBytes) {
        return transfers.copyOutWhatCanBe(source, target, maxBytes);
    }

    /**
     * Writes the content of a file of the sandbox to a stream, which is left open.
     *
     * @param source the file's path in the sandbox
     * @param target receives the content; after an exception, possibly a part of it
     * @throws TransferException if {@code source} is not a regular file or is larger than {@link
     *     ResourceLimits#copyOutBytes()}, or if {@code target} cannot be written
     */
    public void copyOut(String source, OutputStream target) {
        transfers.copyOut(source, "a stream", copy -> copy.stream(source, target));
    }

    /**
     * Returns the content of a file of the sandbox.
     *
     * @param source the file's path in the sandbox
     * @return all its bytes
     * @throws TransferException if {@code source} is not a regular file or is larger than {@link
     *     ResourceLimits#copyOutBytes()}
     */
    public byte[] copyOut(String source) {
        return transfers.copyOut(source);
    }

    /**
     * Returns the content of a file of the sandbox, as UTF-8 text.
     *
     * @param source the file's path in the sandbox
     * @return the text, nothing trimmed; bytes that are not UTF-8 show as U+FFFD
     * @throws TransferException if {@code source} is not a regular file or is larger than {@link
     *     ResourceLimits#copyOutBytes()}
     */
    public String copyOutText(String source) {
        return new String(copyOut(source), StandardCharsets.UTF_8);
    }

    /**
     * Looks at a file of the sandbox, without following symbolic links.
     *
     * @param path the file's path in the sandbox
     * @return what it is; empty if nothing has that name
     */
    public Optional<FileStatus> status(String path) {
        return transfers.status(path);
    }

    /**
     * Follows symbolic links in the sandbox.
     *
     * @param path the file's path in the sandbox
     * @return the absolute path, without links, of what it leads to; empty if it leads nowhere
     */
    public Optional<String> resolveLinks(String path) {
        return transfers.resolve(path);
    }

    /**
     * Returns the first bytes of a file of the sandbox. No more of it is read, however large it is.
     *
     * @param source the file's path in the sandbox
     * @param maxBytes how many bytes at most
     * @return these bytes; fewer if the file has no more
     * @throws TransferException if {@code source} is not a regular file or cannot be read
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    public byte[] copyOutHead(String source, int maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("There are no " + maxBytes + " bytes to read: expected 0 or more");
        }
        return transfers.head(source, maxBytes);
    }

    /**
     * Returns the SHA-256 of a file of the sandbox, by the image's {@code sha256sum}: nothing of the file is copied
     * out, however large it is.
     *
     * @param path the file's path in the sandbox
     * @return 64 hexadecimal digits
     * @throws TransferException if it is not a regular file or cannot be read
     */
    public String sha256(String path) {
        return transfers.sha256(path);
    }

    /**
     * Lists a directory of the sandbox, by the image's {@code find} and {@code stat}, of coreutils or busybox.
     *
     * @param directory its path in the sandbox, or that of a link to one
     * @return what is in it, sorted by name, with names relative to it; unmodifiable
     * @throws TransferException if there is no such directory, if it cannot be listed as a whole, or if it holds more
     *     than 500,000 files
     */
    public List<ListedFile> list(String directory) {
        return transfers.list(directory, false);
    }

    /**
     * Lists a directory of the sandbox with all that is below it, as {@link #list(String)}. Links are listed and not
     * followed; what is mounted in it is not entered.
     *
     * @param directory its path in the sandbox, or that of a link to one
     * @return what is in it and below, sorted by path, with paths relative to it; unmodifiable
     * @throws TransferException if there is no such directory, if it cannot be listed as a whole, because a directory
     *     in it cannot be read or a path is longer than the 4,095 bytes that programs can name, or if it holds more
     *     than 500,000 files
     */
    public List<ListedFile> listRecursively(String directory) {
        return transfers.list(directory, true);
    }

    /**
     * Finds which files of the sandbox have changed since it was handed out, since its last reset, or since {@link
     * #markFiles()}. Files that were copied in, with the directories made for them, and those of a checkpoint count
     * from when they are changed.
     *
     * <p>A file counts as modified if it was touched in any way: a file that was rewritten with the same content, given
     * another link or moved and back, too, unless it was copied in, where content, mode and owner are compared. A
     * directory counts as modified if its mode or owner has changed; what is in it counts by itself.
     *
     * <p>All that commands can write to is seen: with a read-only root {@code /work}, {@code /tmp}, {@code /dev/shm}
     * and {@code /dev/mqueue}, with Podman {@code /run} and others, too; with a writable root all its files. There,
     * {@link #markFiles()} must come first, as listing an image's files for each sandbox would take too long. Not seen
     * are files that are gone again at the call, mode and owner of mount points before a mark, files without a name,
     * what lies in directories that belong to another user and cannot be read, what is written through memory mappings,
     * after a mark, to files in memory that cannot be read, and what the library keeps of background programs and of
     * stdin.
     *
     * <p>Files are listed by the image's {@code find}, {@code stat}, {@code id} and {@code head}; those that were
     * copied in, and those that were in memory at a mark, are read by {@code xargs} and {@code sha256sum}: programs of
     * coreutils and findutils, or of busybox. A list takes some 30 µs and 400 bytes for each file: of 100,000 files, 3
     * seconds and 40 MB.
     *
     * @return the changes
     * @throws IllegalStateException if there was no mark and it is not known which files there were
     * @throws TransferException if the files cannot be listed as a whole: a directory cannot be read, a path is longer
     *     than the 4,095 bytes that programs can name, a file goes while it is looked at, or there are more than
     *     500,000
     */
    @Override
    public Changes changes() {
        return transfers.changes();
    }

    /**
     * Finds what commands did beyond some directories: {@linkplain #changes() changes} outside of them, and changed
     * files in them that lead out. What was copied in and not changed does not count.
     *
     * <p>A symbolic link leads out if what it holds, or a link on its way, names something outside, whether it is there
     * or not. A link may go up to a directory above and down again; a link to something else outside that would lead
     * back is reported. A hard link leads out if its file has a name outside. Named pipes, sockets, devices and files
     * with a set-user-ID or set-group-ID bit are reported, too: they lead to other programs, to the kernel or to
     * their owner's rights.
     *
     * @param directories at least one path without links, absolute or relative to {@code /work}; none need be there
     * @return such files sorted by path, one that is in several ways hostile in the first of these ways; unmodifiable
     * @throws IllegalArgumentException if no directory is given
     * @throws IllegalStateException if there was no mark and it is not known which files there were
     * @throws TransferException if the files cannot be listed as a whole, see {@link #changes()}, or if there are so
     *     many links of so many parts that following them would take minutes
     */
    public List<StrayFile> strayFiles(String... directories) {
        return transfers.strayFiles(directories);
    }

    /**
     * Lets {@link #changes()} count from now on, until the next reset. All files are listed, and the contents of those
     * in memory are read, here and at each call of it.
     *
     * @throws TransferException if the files cannot be listed as a whole, see {@link #changes()}
     */
    public void markFiles() {
        transfers.mark();
    }

    /**
     * Returns the directory that the shell is in, which relative paths start from.
     *
     * @return an absolute path, as the shell has it in {@code PWD}
     */
    public String directory() {
        return transfers.directory();
    }
}
