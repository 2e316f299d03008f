package org.junitsandbox.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junitsandbox.internal.audit.WritablePlaces;

/**
 * Finds what has changed in a sandbox: lists all that commands can write to, and compares that with what is known. No
 * command can set the time at which a file was changed last; but what is written to a file in memory through a mapping
 * that was read before leaves that time as it is, so that the contents of these files are compared, too.
 */
final class ChangeSearch {

    private final OwnCommands commands;
    private final WritablePlaces places;
    private final KnownFiles known;

    ChangeSearch(OwnCommands commands, WritablePlaces places, KnownFiles known) {
        this.commands = commands;
        this.places = places;
        this.known = known;
    }

    /**
     * Lists what a new sandbox holds, where that lies in memory: few files, from the engine or the image. To list all
     * of an image would take too long.
     */
    void begin() {
        if (!places.notEmpty().isEmpty() && places.inMemory().containsAll(places.notEmpty())) {
            // What the engine has put there is older than the start of PID 1: no later change has the same time.
            Map<String, StatLine> files = new FileListing(commands).everything(places.notEmpty(), false);
            files.keySet().removeAll(places.paths());
            known.begin(files, digests(files));
        }
    }

    /** Counts changes from now on. */
    void mark() {
        Map<String, StatLine> files = list(true);
        known.mark(files, digests(files));
    }

    private Map<String, String> digests(Map<String, StatLine> files) {
        return new FileDigests(commands)
                .of(files.entrySet().stream()
                        .filter(entry -> isInMemory(entry.getKey())
                                && isReadable(entry.getValue().status()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private boolean isInMemory(String path) {
        return places.inMemory().stream().anyMatch(place -> path.startsWith(place + "/"));
    }

    private boolean isReadable(FileStatus file) {
        int bit = file.userId() == places.userId() ? 0400 : 0004;
        return file.type() == FileStatus.Type.REGULAR_FILE && file.sizeBytes() > 0 && (file.mode() & bit) != 0;
    }

    /**
     * Finds the changes.
     *
     * @throws IllegalStateException if it is not known what there was before
     */
    Changes find() {
        return find(list(false));
    }

    /**
     * Finds what is outside of some directories, or leads out of them.
     *
     * @throws IllegalStateException if it is not known what there was before
     */
    List<StrayFile> findStray(DirectorySet directories) {
        Map<String, StatLine> now = list(false);
        return new StraySearch(directories, now).of(find(now));
    }

    private Changes find(Map<String, StatLine> now) {
        checkKnownBefore();
        Map<String, StatLine> before = known.first();
        Map<String, CopiedFile> copied = known.allCopied();
        copied.keySet().removeIf(path -> places.paths().contains(path)
                || places.paths().stream().noneMatch(place -> path.startsWith(place.equals("/") ? "/" : place + "/")));
        List<FileChange> changes = new ArrayList<>();
        Map<String, String> unsure = new HashMap<>();
        for (Map.Entry<String, StatLine> entry : now.entrySet()) {
            String path = entry.getKey();
            StatLine file = entry.getValue();
            StatLine old = before.get(path);
            CopiedFile copy = copied.get(path);
            if (old != null && isSame(old, file)) {
                String digest = known.firstDigest(path);
                if (digest != null) {
                    unsure.put(path, digest);
                }
            } else if (copy == null || !copy.isLike(file.status(), places.userId(), places.groupId())) {
                boolean isNew = old == null && copy == null;
                changes.add(change(isNew ? FileChange.Kind.ADDED : FileChange.Kind.MODIFIED, path, file));
            } else if (copy.sha256() != null) {
                unsure.put(path, copy.sha256());
            }
        }
        Map<String, String> digests = new FileDigests(commands).of(unsure.keySet());
        unsure.forEach((path, digest) -> {
            if (!digest.equals(digests.get(path))) {
                changes.add(change(FileChange.Kind.MODIFIED, path, Objects.requireNonNull(now.get(path))));
            }
        });
        addDeleted(before, copied, now, changes);
        changes.sort(Comparator.comparing(FileChange::path));
        return new Changes(changes);
    }

    private static FileChange change(FileChange.Kind kind, String path, StatLine file) {
        return new FileChange(kind, path, Optional.of(file.status()));
    }

    private static void addDeleted(
            Map<String, StatLine> before,
            Map<String, CopiedFile> copied,
            Map<String, StatLine> now,
            List<FileChange> changes) {
        for (String path : before.keySet()) {
            if (!now.containsKey(path)) {
                changes.add(new FileChange(FileChange.Kind.DELETED, path, Optional.empty()));
            }
        }
        for (String path : copied.keySet()) {
            if (!now.containsKey(path) && !before.containsKey(path)) {
                changes.add(new FileChange(FileChange.Kind.DELETED, path, Optional.empty()));
            }
        }
    }

    /** What is in a directory shows by itself, and changes the directory's times and size. */
    private static boolean isSame(StatLine old, StatLine now) {
        if (old.status().type() == FileStatus.Type.DIRECTORY) {
            return now.status().type() == FileStatus.Type.DIRECTORY
                    && now.status().mode() == old.status().mode()
                    && now.status().userId() == old.status().userId()
                    && now.status().groupId() == old.status().groupId();
        }
        return now.inode().equals(old.inode())
                && now.changed().equals(old.changed())
                && now.status().equals(old.status());
    }

    private void checkKnownBefore() {
        if (!places.notEmpty().isEmpty() && !known.isFirstListed()) {
            throw new IllegalStateException("It is not known which files there were in "
                    + String.join(", ", places.notEmpty())
                    + " when the sandbox was handed out: call markFiles() before the commands whose changes are to be"
                    + " found");
        }
    }

    private Map<String, StatLine> list(boolean isMark) {
        Map<String, StatLine> files = new FileListing(commands).everything(places.paths(), isMark);
        // Of a mount point, nothing is known before a mark.
        files.keySet().removeIf(path -> known.isLibraryFile(path)
                || (!known.isMarked() && !isMark && places.paths().contains(path)));
        return files;
    }
}
