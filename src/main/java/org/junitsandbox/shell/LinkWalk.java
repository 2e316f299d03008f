package org.junitsandbox.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/**
 * Follows symbolic links as the kernel does, but by a listing: within some directories, and those above them, up to the
 * first name that is outside.
 */
final class LinkWalk {

    /** The kernel follows no more in one path. */
    private static final int MAX_LINKS = 40;

    /** Of all paths on the way of all links: some seconds of work. What usual programs make is far below. */
    private static final long MAX_CHARS = 1L << 31;

    private final DirectorySet directories;
    private final Function<String, Optional<String>> targets;
    private long chars;

    /**
     * @param targets what the link of a path holds; empty for what is no link
     */
    LinkWalk(DirectorySet directories, Function<String, Optional<String>> targets) {
        this.directories = directories;
        this.targets = targets;
    }

    /**
     * Returns the path outside that a link leads to; empty if it leads to something within, or nowhere, as its links go
     * in a circle.
     *
     * @param link its path, without links
     * @throws TransferException if there is too much to follow
     */
    Optional<String> wayOut(String link) {
        Deque<String> names = new ArrayDeque<>();
        String place = parent(link);
        names.push(link.substring(link.lastIndexOf('/') + 1));
        int followed = 0;
        while (!names.isEmpty()) {
            String name = names.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            String next = name.equals("..") ? parent(place) : place.equals("/") ? "/" + name : place + "/" + name;
            count(next.length());
            if (!directories.contain(next) && !directories.areBelow(next)) {
                return Optional.of(names.isEmpty() ? next : next + "/" + String.join("/", names));
            }
            Optional<String> target = targets.apply(next);
            if (target.isEmpty()) {
                place = next;
                continue;
            }
            followed++;
            if (followed > MAX_LINKS) {
                return Optional.empty();
            }
            String path = target.get();
            count(path.length());
            if (path.startsWith("/")) {
                place = "/";
            }
            String[] parts = path.split("/", -1);
            for (int i = parts.length - 1; i >= 0; i--) {
                names.push(parts[i]);
            }
        }
        return directories.contain(place) ? Optional.empty() : Optional.of(place);
    }

    private void count(int length) {
        chars += length;
        if (chars > MAX_CHARS) {
            throw new TransferException(
                    "Where symbolic links lead cannot be found out: they are so many and so long that it would take"
                            + " minutes",
                    null);
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }
}
