package org.junitsandbox.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junitsandbox.internal.text.Excerpt;

/** Extracts a tar archive that a sandbox made, possibly with the intention to write where it must not. */
final class UntrustedArchive {

    private static final int MAX_ENTRIES = 100_000;

    /** Names are read byte by byte, so that bytes that are not UTF-8 are found and not replaced. */
    private static final Charset NAME_BYTES = StandardCharsets.ISO_8859_1;

    private UntrustedArchive() {}

    /**
     * Checks every entry before anything is written.
     *
     * @throws TransferException if an entry could lead outside the target or cannot be made there
     */
    static void check(String source, InputStream archive) throws IOException {
        Set<Path> files = new HashSet<>();
        Set<Path> directories = new HashSet<>();
        int entries = 0;
        TarArchiveInputStream tar = open(archive);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (++entries > MAX_ENTRIES) {
                throw refused(source, "is one of more than " + MAX_ENTRIES, entry);
            }
            Path path = checkedPath(source, entry, entry.getName());
            checkType(source, entry, files);
            boolean belowFile = false;
            for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
                belowFile |= files.contains(parent);
                directories.add(parent);
            }
            boolean twice = entry.isDirectory()
                    ? files.contains(path)
                    : directories.contains(path) || !files.add(path);
            if (belowFile || twice) {
                throw refused(source, belowFile ? "is below a file" : "occurs twice", entry);
            }
            if (entry.isDirectory()) {
                directories.add(path);
            }
        }
    }

    private static void checkType(String source, TarArchiveEntry entry, Set<Path> files) {
        if (entry.isLink()) {
            if (!files.contains(checkedPath(source, entry, entry.getLinkName()))) {
                throw refused(
                        source, "is a hard link to " + entry.getLinkName() + ", which is not a file of it", entry);
            }
        } else if (entry.isSymbolicLink()) {
            throw refused(source, "is a symbolic link to " + entry.getLinkName() + ", which could lead outside", entry);
        } else if (entry.isSparse()) {
            throw refused(source, "is sparse, and could be much larger than it looks", entry);
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            throw refused(source, "is neither a file nor a directory", entry);
        }
    }

    private static Path checkedPath(String source, TarArchiveEntry entry, String name) {
        if (name.startsWith("/")) {
            throw refused(source, "has an absolute name", entry);
        }
        if (List.of(name.split("/")).contains("..")) {
            throw refused(source, "has a name that leads upwards", entry);
        }
        try {
            Path path = path(name);
            if (!path.isAbsolute() && path.getRoot() == null) {
                return path;
            }
            throw refused(source, "has a name that is absolute on this machine", entry);
        } catch (CharacterCodingException e) {
            throw refused(source, "has a name that is not UTF-8", entry);
        } catch (InvalidPathException e) {
            throw refused(source, "has a name that this machine cannot give to a file", entry);
        }
    }

    /** Returns the path that a name stands for, relative to the target. */
    private static Path path(String name) throws CharacterCodingException {
        byte[] bytes = name.getBytes(NAME_BYTES);
        if (!new String(bytes, NAME_BYTES).equals(name)) {
            throw new CharacterCodingException();
        }
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return Path.of("", text.split("/")).normalize();
    }

    private static TransferException refused(String source, String why, TarArchiveEntry entry) {
        String what = new String((entry.getName() + "\" " + why).getBytes(NAME_BYTES), StandardCharsets.UTF_8);
        return new TransferException(
                Excerpt.line(source) + " is not copied out: its entry \"" + Excerpt.line(what)
                        + ". Nothing was written.",
                null);
    }

    /** Writes the entries of an archive that was checked. */
    static void extract(InputStream archive, Path target) throws IOException {
        Map<Path, Integer> modes = new HashMap<>();
        TarArchiveInputStream tar = open(archive);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = target.resolve(path(entry.getName()));
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                if (entry.isLink()) {
                    // No copy: an archive of links could fill the disk.
                    Files.createLink(path, target.resolve(path(entry.getLinkName())));
                } else {
                    Files.copy(tar, path);
                }
            }
            modes.put(path, entry.getMode());
        }
        // Modes come last, as they may forbid to read or write; the innermost first, as it may not be possible to enter
        // its parent afterwards.
        List<Path> innermostFirst = new ArrayList<>(modes.keySet());
        innermostFirst.sort(Comparator.comparingInt(Path::getNameCount).reversed());
        for (Path path : innermostFirst) {
            FileModes.set(path, modes.getOrDefault(path, 0755));
        }
    }

    private static TarArchiveInputStream open(InputStream archive) {
        return new TarArchiveInputStream(archive, NAME_BYTES.name());
    }
}
