package org.junitsandbox.internal.audit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where commands can write to, by the kernel's report before the first of them: the mount points of file systems that
 * are not read-only, and what they held then. Safe for use by several threads.
 *
 * @param paths mount points, sorted
 * @param inMemory those of them that are in memory
 * @param notEmpty those of them that held something, or of which that is not known
 * @param userId the number of the user of commands
 * @param groupId the number of that user's group
 */
public record WritablePlaces(
        List<String> paths, List<String> inMemory, List<String> notEmpty, long userId, long groupId) {

    private static final String PLACE = "place ";

    private static final String EMPTY = " 0";

    /** In memory and root's; among the places that are reported where commands can write to it. */
    static final String DEVICES = "/dev";

    /** Returns the places in memory that commands can write to, and whether each was empty. */
    static Map<String, Boolean> memoryPlaces(Stream<String> report) {
        return report.filter(line -> line.startsWith(PLACE))
                .collect(Collectors.toMap(
                        line -> line.split(" ", 3)[1],
                        line -> line.endsWith(EMPTY),
                        (one, other) -> one && other,
                        TreeMap::new));
    }

    /**
     * Reads a report.
     *
     * @throws IllegalStateException if it is not complete, or has a mount point with a name that cannot be taken
     *     literally
     */
    public static WritablePlaces parse(String report) {
        EffectiveLimits found = EffectiveLimits.parse(report);
        Map<String, Boolean> inMemory = memoryPlaces(report.lines());
        Set<String> paths = new TreeSet<>(inMemory.keySet());
        found.mounts().forEach((path, mount) -> {
            if (!mount.isReadOnly() && !path.equals(DEVICES)) {
                paths.add(path);
            }
        });
        if (!found.isComplete() || paths.stream().anyMatch(path -> path.contains("\\"))) {
            throw new IllegalStateException(
                    "Changes cannot be found: the sandbox's mount points are not known, as their report is too long or"
                            + " has unusual names");
        }
        return new WritablePlaces(
                List.copyOf(paths),
                List.copyOf(inMemory.keySet()),
                paths.stream()
                        .filter(path -> !inMemory.getOrDefault(path, false))
                        .toList(),
                id(found.value("Uid:")),
                id(found.value("Gid:")));
    }

    private static long id(@Nullable String line) {
        String first = line == null ? "" : line.split(" ", 2)[0];
        if (!first.matches("\\d{1,10}")) {
            throw new IllegalStateException("Changes cannot be found: the user of the sandbox's commands is not known");
        }
        return Long.parseLong(first);
    }
}
