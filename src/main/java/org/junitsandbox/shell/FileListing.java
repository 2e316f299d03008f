package org.junitsandbox.shell;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.ShellWord;
import org.junitsandbox.internal.text.Units;

/**
 * Lists files of a sandbox by its {@code find} and {@code stat}. What comes is not trusted: names are bytes of any
 * value, trees may be deep, wide or without an end. A listing is whole, or it fails.
 */
final class FileListing {

    /** More files would take too much of this JVM's memory. */
    static final int MAX_FILES = 500_000;

    /** A listing that never ends is cut there. */
    private static final int MAX_BYTES = 128 << 20;

    /** A path of more names is longer than any program can name a file. */
    private static final int MAX_DEPTH = 2_050;

    /** Enough for the first message, with a path. */
    private static final int MAX_ERROR_BYTES = 32 * 1024;

    /**
     * Two slashes end a path, as no path has them; a link's fields are followed by the same path and the target. GNU's
     * stat would quote these otherwise.
     */
    private static final String PRINT = "-type l -exec stat -c '%n//" + StatLine.FORMAT + "//%N//' {} + -o"
            + " %EXCEPT -exec stat -c '%n//" + StatLine.FORMAT + "' {} +";

    /** Where the supervisor keeps what commands are given, see its script. */
    private static final String OWN_FILES =
            "! -path \"$kept.in\" ! -path \"$kept.next\" ! -path \"$kept.text\" ! -path \"$kept.ended\"";

    private final OwnCommands commands;

    FileListing(OwnCommands commands) {
        this.commands = commands;
    }

    /** Lists what is in a directory, sorted, without what is mounted below it. */
    List<ListedFile> directory(String directory, boolean isRecursive) {
        List<ListedFile> files = new ArrayList<>();
        list(
                false,
                "what is in " + Excerpt.line(directory),
                "\\command cd " + SandboxPath.quote(directory) + " && ",
                ". -xdev -mindepth 1 -maxdepth " + (isRecursive ? MAX_DEPTH : 1) + " " + print(""),
                (path, file) -> files.add(new ListedFile(path.substring(2), file.status())));
        files.sort(Comparator.comparing(ListedFile::path));
        return List.copyOf(files);
    }

    private static String print(String except) {
        return PRINT.replace("%EXCEPT", except);
    }

    /**
     * Lists all files at and below some paths, except the library's own: what another user's directory holds that
     * cannot be read is left out, as no command can change that either.
     *
     * @param settle whether every later change gets a time of its own: the kernel's clock for files has steps
     */
    Map<String, StatLine> everything(List<String> paths, boolean settle) {
        Map<String, StatLine> files = new HashMap<>();
        list(
                true,
                "the files",
                "me=$(\\command id -u) && ",
                paths.stream().map(ShellWord::quote).collect(Collectors.joining(" ")) + " -xdev -maxdepth " + MAX_DEPTH
                        + " -type d ! -user \"$me\" ! -perm -005 ! -exec test -r {} -a -x {} ';' -prune"
                        + " -exec stat -c '%n//" + StatLine.FORMAT + "' {} + -o " + print(OWN_FILES),
                files::put);
        if (settle) {
            commands.runAtRoot(
                    "{ \\command sleep 0.02 || \\command sleep 1; } 2>/dev/null",
                    new BoundedOutput(OutputStream.nullOutputStream(), 0));
        }
        return files;
    }

    /**
     * @param isAtRoot whether the shell's directory does not matter, which may be gone
     * @param subject what is listed, for messages
     * @param before source text that runs before
     * @param arguments what {@code find} is given
     */
    private void list(
            boolean isAtRoot, String subject, String before, String arguments, ListingParser.Entries entries) {
        Bounded bounded = new Bounded(entries);
        ListingParser parser = new ListingParser(bounded);
        BoundedOutput output = new BoundedOutput(
                new OutputStream() {
                    @Override
                    public void write(int single) {
                        write(new byte[] {(byte) single}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        parser.accept(bytes, offset, length);
                    }
                },
                MAX_BYTES);
        // What comes without end is cut in the sandbox, so that it ends there.
        String text = "{ { { " + before + StatLine.ENVIRONMENT + "QUOTING_STYLE=literal \\command find " + arguments
                + " || \\command echo \"find ended with status $?\" >&2; } | \\command head -c " + (MAX_BYTES + 1)
                + " >&3; } 2>&1 | \\command head -c " + MAX_ERROR_BYTES + " >&2; } 3>&1";
        OwnCommands.Result result = isAtRoot
                ? commands.runCountedAtRoot(text, output, new byte[0])
                : commands.runCounted(text, output);
        String failure = "Cannot list " + subject + " in the sandbox: ";
        if (bounded.count > MAX_FILES) {
            throw new TransferException(failure + "there are more than " + MAX_FILES + " files", null);
        }
        if (output.isExceeded()) {
            throw new TransferException(
                    failure + "the list is longer than " + Units.describe(MAX_BYTES), null);
        }
        if (result.status() != 0 || !result.errors().isEmpty()) {
            String first = result.errors().lines().findFirst().orElse("find failed");
            throw new TransferException(failure + Excerpt.line(first), null);
        }
        if (!parser.isComplete()) {
            throw new TransferException(
                    failure + "its find and stat printed something else, and are not those of coreutils or busybox",
                    null);
        }
    }

    /** Keeps no more entries than are allowed. */
    private static final class Bounded implements ListingParser.Entries {

        private final ListingParser.Entries entries;
        private int count;

        Bounded(ListingParser.Entries entries) {
            this.entries = entries;
        }

        @Override
        public void add(String path, StatLine file) {
            count++;
            if (count <= MAX_FILES) {
                entries.add(path, file);
            }
        }
    }
}
