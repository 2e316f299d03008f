package org.junitsandbox.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.ByteText;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Units;

/** Extracts a tar archive that a sandbox made, possibly with the intention to write where it must not. */
final class UntrustedArchive {

    static final int MAX_ENTRIES = 100_000;

    /** Directories inside each other. */
    static final int MAX_DEPTH = 256;

    /** Of one file or directory, as most file systems have it. */
    static final int MAX_NAME_BYTES = 255;

    /** Of the whole path, as Linux has it. */
    static final int MAX_PATH_BYTES = 4095;

    private static final int MAX_REFUSALS = 1000;

    private final String source;
    private final Path target;
    private final int targetBytes;

    private long maxBytes = Long.MAX_VALUE;
    private long bytes;

    /** The numbers of the entries that are not extracted. */
    private final Set<Integer> leftOut = new HashSet<>();

    /**
     * @param source the directory in the sandbox, for messages
     * @param target where the content goes
     */
    UntrustedArchive(String source, Path target) {
        this.source = source;
        this.target = target;
        this.targetBytes = ByteText.encode(HostNames.of(target.toAbsolutePath()) + "/").length;
    }

    /** Why an entry must not be extracted. */
    private static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        RefusedException(String why, TarArchiveEntry entry) {
            super("\"" + Excerpt.line(ByteText.decode(
                    (entry.getName() + "\" " + why).getBytes(ArchiveEntries.NAME_BYTES))));
        }
    }

    /** What is done about an entry that must not be extracted. */
    private interface RefusalHandler {
        void accept(int number, RefusedException refusal);
    }

    /**
     * Checks every entry before anything is written.
     *
     * @throws TransferException if this is no tar archive, or if an entry could lead outside the target or cannot be
     *     made there
     */
    void check(InputStream archive) {
        check(archive, (number, refusal) -> {
            throw new TransferException(
                    Excerpt.line(source) + " is not copied out: its entry " + refusal.getMessage()
                            + ". Nothing was written.",
                    null);
        });
    }

    /**
     * Checks every entry before anything is written, and leaves out those that could lead outside the target or cannot
     * be made there, and files that are too large.
     *
     * @param max the size of all files together
     * @return why each that is left out is, of the first 1000
     * @throws TransferException if this is no tar archive
     */
    List<String> checkWhatCanBeCopied(InputStream archive, long max) {
        maxBytes = max;
        List<String> refusals = new ArrayList<>();
        check(archive, (number, refusal) -> {
            leftOut.add(number);
            if (refusals.size() < MAX_REFUSALS) {
                refusals.add(refusal.getMessage());
            }
        });
        if (leftOut.size() > refusals.size()) {
            refusals.add((leftOut.size() - refusals.size()) + " more");
        }
        return refusals;
    }

    private void check(InputStream archive, RefusalHandler handler) {
        ArchiveTree tree = new ArchiveTree();
        ArchiveEntries entries = new ArchiveEntries(archive);
        int number = 0;
        for (TarArchiveEntry entry = next(entries); entry != null; entry = next(entries)) {
            number++;
            try {
                check(number, entry, tree);
            } catch (RefusedException e) {
                handler.accept(number, e);
            }
            if (number > MAX_ENTRIES) {
                return;
            }
        }
    }

    private void check(int number, TarArchiveEntry entry, ArchiveTree tree) throws RefusedException {
        if (number > MAX_ENTRIES) {
            throw new RefusedException("is one of more than " + MAX_ENTRIES, entry);
        }
        List<String> names = checkedNames(entry, entry.getName());
        checkType(entry, tree);
        if (entry.getSize() > maxBytes - bytes) {
            throw new RefusedException(
                    "has " + Units.round(entry.getSize()) + ", more than is left of the " + Units.describe(maxBytes)
                            + " that all files may have",
                    entry);
        }
        String conflict = tree.add(names, entry.isDirectory());
        if (conflict != null) {
            throw new RefusedException(conflict, entry);
        }
        bytes += entry.getSize();
    }

    private @Nullable TarArchiveEntry next(ArchiveEntries entries) {
        try {
            return entries.next();
        } catch (IOException e) {
            throw new TransferException(
                    Excerpt.line(source) + " is not copied out: what the sandbox's tar wrote is no archive: "
                            + Excerpt.line(String.valueOf(e.getMessage())) + ". Nothing was written.",
                    e);
        }
    }

    private void checkType(TarArchiveEntry entry, ArchiveTree tree) throws RefusedException {
        if (entry.isLink()) {
            if (!tree.hasFile(checkedNames(entry, entry.getLinkName()))) {
                throw new RefusedException(
                        "is a hard link to " + entry.getLinkName() + ", which is not a file of it", entry);
            }
        } else if (entry.isSymbolicLink()) {
            throw new RefusedException(
                    "is a symbolic link to " + entry.getLinkName() + ", which could lead outside", entry);
        } else if (entry.isSparse()) {
            throw new RefusedException("is sparse, and could be much larger than it looks", entry);
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            throw new RefusedException("is neither a file nor a directory", entry);
        }
    }

    private List<String> checkedNames(TarArchiveEntry entry, String name) throws RefusedException {
        if (name.startsWith("/")) {
            throw new RefusedException("has an absolute name", entry);
        }
        if (Arrays.asList(name.split("/")).contains("..")) {
            throw new RefusedException("has a name that leads upwards", entry);
        }
        try {
            List<String> names = names(name);
            if (names.size() > MAX_DEPTH) {
                throw new RefusedException("is in more than " + MAX_DEPTH + " directories inside each other", entry);
            }
            if (names.stream().anyMatch(one -> ByteText.encode(one).length > MAX_NAME_BYTES)) {
                throw new RefusedException("has a name of more than " + MAX_NAME_BYTES + " bytes", entry);
            }
            HostNames.resolve(target, names);
            if (targetBytes + ByteText.encode(String.join("/", names)).length > MAX_PATH_BYTES) {
                throw new RefusedException("would have a path of more than " + MAX_PATH_BYTES + " bytes", entry);
            }
            return names;
        } catch (CharacterCodingException e) {
            throw new RefusedException("has a name that is not UTF-8", entry);
        } catch (InvalidPathException e) {
            throw new RefusedException("has a name that this machine cannot give to a file", entry);
        }
    }

    /** Returns the names that lead to an entry. */
    private static List<String> names(String name) throws CharacterCodingException {
        byte[] bytes = name.getBytes(ArchiveEntries.NAME_BYTES);
        if (!new String(bytes, ArchiveEntries.NAME_BYTES).equals(name)) {
            throw new CharacterCodingException();
        }
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return Arrays.stream(text.split("/")).filter(one -> !one.isEmpty() && !one.equals(".")).toList();
    }

    /** Writes the entries of an archive that was checked. */
    void extract(InputStream archive) throws IOException {
        extract(archive, entry -> entry.getMode());
    }

    /** Writes them so that this machine's user can read and remove them, and not run them. */
    void extractForReading(InputStream archive) throws IOException {
        extract(archive, entry -> entry.isDirectory() ? entry.getMode() | 0700 : (entry.getMode() & 0666) | 0600);
    }

    private void extract(InputStream archive, ToIntFunction<TarArchiveEntry> mode) throws IOException {
        Map<Path, Integer> modes = new HashMap<>();
        Files.createDirectories(target);
        ArchiveEntries entries = new ArchiveEntries(archive);
        int number = 0;
        for (TarArchiveEntry entry = entries.next(); entry != null; entry = entries.next()) {
            if (++number > MAX_ENTRIES) {
                break;
            }
            if (leftOut.contains(number)) {
                continue;
            }
            Path path = HostNames.resolve(target, names(entry.getName()));
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                if (entry.isLink()) {
                    // No copy: an archive of links could fill the disk.
                    Files.createLink(path, HostNames.resolve(target, names(entry.getLinkName())));
                } else {
                    Files.copy(entries.content(), path);
                }
            }
            modes.put(path, mode.applyAsInt(entry));
        }
        // Modes come last, as they may forbid to read or write; the innermost first, as it may not be possible to enter
        // its parent afterwards.
        List<Path> innermostFirst = new ArrayList<>(modes.keySet());
        innermostFirst.sort(Comparator.comparingInt(Path::getNameCount).reversed());
        for (Path path : innermostFirst) {
            FileModes.set(path, modes.getOrDefault(path, 0755));
        }
    }
}
