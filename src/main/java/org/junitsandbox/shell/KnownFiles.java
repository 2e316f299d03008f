package org.junitsandbox.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the files of one sandbox: what changes are counted from. Used by one thread at a time, the one whose
 * turn it is.
 */
final class KnownFiles {

    private final Map<String, CopiedFile> copied = new HashMap<>();

    /** Those of background programs. */
    private final Set<String> libraryFiles = new HashSet<>();

    private final List<byte[]> archives = new ArrayList<>();

    /** Those that changes are counted from. */
    private Map<String, StatLine> first = Map.of();

    private Map<String, String> firstDigests = Map.of();

    private boolean isFirstListed;
    private boolean isMarked;

    /** Notes what was copied in. */
    void copied(String path, CopiedFile file) {
        copied.put(path, file);
    }

    /** Notes a directory that was made for what was copied into it, with those that it is in. */
    void madeFor(String directory, int mode) {
        String path = directory;
        while (path.lastIndexOf('/') > 0) {
            copied.putIfAbsent(path, CopiedFile.directory(mode));
            path = path.substring(0, path.lastIndexOf('/'));
        }
    }

    /** Notes an archive that was unpacked in the directory where commands start. */
    void unpacked(byte[] archive) {
        archives.add(archive);
    }

    /** Notes a file that is the library's own and no change. */
    void libraryFile(String path) {
        libraryFiles.add(path);
    }

    /**
     * Takes the files of a new sandbox for those that changes are counted from. Without that, there are none.
     *
     * @param digests of those that can be changed unseen
     */
    void begin(Map<String, StatLine> present, Map<String, String> digests) {
        first = present;
        firstDigests = digests;
        isFirstListed = true;
    }

    /**
     * Takes the present files for those that changes are counted from, with the mount points.
     *
     * @param digests of those that can be changed unseen
     */
    void mark(Map<String, StatLine> present, Map<String, String> digests) {
        begin(present, digests);
        isMarked = true;
        copied.clear();
        archives.clear();
    }

    /** The files that changes are counted from. */
    Map<String, StatLine> first() {
        return first;
    }

    /** The digest that a file had when changes began to be counted; null if it was not computed. */
    @Nullable String firstDigest(String path) {
        return firstDigests.get(path);
    }

    /** Whether what a new sandbox held was listed. */
    boolean isFirstListed() {
        return isFirstListed;
    }

    boolean isMarked() {
        return isMarked;
    }

    /** All that the library has put there since, by path. */
    Map<String, CopiedFile> allCopied() {
        Map<String, CopiedFile> all = new HashMap<>();
        archives.forEach(archive -> all.putAll(ArchivedFiles.read(archive)));
        all.putAll(copied);
        return all;
    }

    boolean isLibraryFile(String path) {
        return libraryFiles.contains(path);
    }
}
