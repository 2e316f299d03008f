package org.junitsandbox.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar archive that a sandbox made, and that may have been made to write where it should not. */
final class UntrustedArchive {

    private static final int MAX_ENTRIES = 100_000;

    private UntrustedArchive() {}

    /**
     * Looks at every entry before anything is written.
     *
     * @throws TransferException if an entry could lead outside the target or cannot be made there
     */
    static void check(String source, InputStream archive) throws IOException {
        Set<String> files = new HashSet<>();
        int entries = 0;
        TarArchiveInputStream tar = open(archive);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (++entries > MAX_ENTRIES) {
                throw refused(source, "it holds more than " + MAX_ENTRIES + " files", entry);
            }
            checkName(source, entry, entry.getName());
            if (entry.isLink()) {
                checkName(source, entry, entry.getLinkName());
                if (!files.contains(plain(entry.getLinkName()))) {
                    throw refused(source, "is a hard link to " + entry.getLinkName() + ", which is no file of it", entry);
                }
            } else if (entry.isSymbolicLink()) {
                throw refused(source, "is a symbolic link to " + entry.getLinkName() + ", which could lead outside", entry);
            } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
                throw refused(source, "is neither a file nor a directory", entry);
            }
            if (!entry.isDirectory()) {
                files.add(plain(entry.getName()));
            }
        }
    }

    private static void checkName(String source, TarArchiveEntry entry, String name) {
        if (name.startsWith("/")) {
            throw refused(source, "has an absolute name", entry);
        }
        if (List.of(name.split("/")).contains("..")) {
            throw refused(source, "has a name that leads upwards", entry);
        }
        if (name.indexOf('\uFFFD') >= 0) {
            throw refused(source, "has a name that is not UTF-8", entry);
        }
    }

    private static TransferException refused(String source, String why, TarArchiveEntry entry) {
        return new TransferException(
                source + " is not copied out: its entry \"" + entry.getName() + "\" " + why + ". Nothing was written.", null);
    }

    /** Writes the entries of an archive that was checked. */
    static void extract(InputStream archive, Path target) throws IOException {
        Map<Path, Integer> directoryModes = new HashMap<>();
        TarArchiveInputStream tar = open(archive);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = target.resolve(plain(entry.getName()));
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                directoryModes.put(path, entry.getMode());
            } else {
                Files.createDirectories(path.getParent());
                if (entry.isLink()) {
                    Files.copy(target.resolve(plain(entry.getLinkName())), path);
                } else {
                    Files.copy(tar, path);
                }
                setMode(path, entry.getMode());
            }
        }
        // Last, and the innermost first, as a directory may be read-only.
        List<Path> directories = new ArrayList<>(directoryModes.keySet());
        directories.sort((a, b) -> b.getNameCount() - a.getNameCount());
        for (Path directory : directories) {
            setMode(directory, directoryModes.getOrDefault(directory, 0755));
        }
    }

    private static TarArchiveInputStream open(InputStream archive) {
        return new TarArchiveInputStream(archive, StandardCharsets.UTF_8.name());
    }

    private static String plain(String name) {
        return Path.of("", name.split("/")).normalize().toString();
    }

    /** Sets read, write and execute permissions; no others are taken over from a sandbox. */
    static void setMode(Path path, int mode) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromHighestBit = PosixFilePermission.values();
        for (int i = 0; i < fromHighestBit.length; i++) {
            if ((mode >> (fromHighestBit.length - 1 - i) & 1) == 1) {
                permissions.add(fromHighestBit[i]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }

    static boolean isEmptyDirectory(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }
}
