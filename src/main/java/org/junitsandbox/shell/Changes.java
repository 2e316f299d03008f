package org.junitsandbox.shell;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The files of a sandbox that were added, modified or deleted, sorted by path. Immutable, so safe for use by several
 * threads. Made by {@link Shell#changes()}.
 *
 * @since 0.1
 */
public final class Changes implements Iterable<FileChange> {

    /** Of more changes, how many there are is shown. */
    private static final int MAX_SHOWN = 20;

    private final List<FileChange> all;

    /**
     * @param all sorted by path
     */
    Changes(List<FileChange> all) {
        this.all = List.copyOf(all);
    }

    /** {@return all of them, unmodifiable} */
    public List<FileChange> all() {
        return all;
    }

    /** {@return the absolute paths of all of them, unmodifiable} */
    public List<String> paths() {
        return all.stream().map(FileChange::path).toList();
    }

    /** {@return those of files that were not there before} */
    public Changes added() {
        return only(change -> change.kind() == FileChange.Kind.ADDED);
    }

    /** {@return those of files that were there before and are still there} */
    public Changes modified() {
        return only(change -> change.kind() == FileChange.Kind.MODIFIED);
    }

    /** {@return those of files that are not there any more} */
    public Changes deleted() {
        return only(change -> change.kind() == FileChange.Kind.DELETED);
    }

    /**
     * Returns those of a directory and of what is below it.
     *
     * @param directory its path, absolute or relative to {@code /work}
     * @return a part of these
     */
    public Changes under(String directory) {
        String path = SandboxPath.enter(Session.WORK, directory);
        return only(change -> change.isUnder(path));
    }

    /**
     * Returns the change of one file.
     *
     * @param path its path, absolute or relative to {@code /work}
     * @return empty if it has not changed
     */
    public Optional<FileChange> of(String path) {
        String absolute = SandboxPath.enter(Session.WORK, path);
        return all.stream().filter(change -> change.path().equals(absolute)).findFirst();
    }

    /**
     * Returns all except those of some files and of what is below them. A directory that was added for such a file is
     * left out as well.
     *
     * @param paths absolute or relative to {@code /work}
     * @return a part of these
     */
    public Changes except(String... paths) {
        List<String> places = List.of(paths).stream()
                .map(path -> SandboxPath.enter(Session.WORK, path))
                .filter(place -> all.stream().anyMatch(change -> change.isUnder(place)))
                .toList();
        return only(change -> places.stream()
                .noneMatch(place -> change.isUnder(place)
                        || (change.kind() == FileChange.Kind.ADDED && place.startsWith(change.path() + "/"))));
    }

    /** {@return whether nothing has changed} */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** {@return an iterator over all of them that cannot remove any} */
    @Override
    public Iterator<FileChange> iterator() {
        return all.iterator();
    }

    private Changes only(Predicate<FileChange> test) {
        return new Changes(all.stream().filter(test).toList());
    }

    /**
     * Returns them for messages: one line for each of the first of them, and how many more there are.
     *
     * @return lines, escaped
     */
    @Override
    public String toString() {
        String shown = all.stream().limit(MAX_SHOWN).map(FileChange::toString).collect(Collectors.joining("\n"));
        return all.size() <= MAX_SHOWN ? shown : shown + "\nand " + (all.size() - MAX_SHOWN) + " more";
    }
}
