package org.junitsandbox.assertj;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junitsandbox.internal.text.Excerpt;

/**
 * Checks of what is in a directory.
 *
 * @param path the directory's path, as messages show it
 * @param entries names or relative paths
 */
record DirectoryChecks(String path, List<String> entries) {

    /** Of more names, how many there are is shown. */
    private static final int MAX_SHOWN = 20;

    Check isEmpty() {
        return Check.of(
                entries.isEmpty(),
                path + " to be an empty directory",
                "but it has " + count(entries.size()) + ":" + list(entries));
    }

    Check contains(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("No name is given that " + path + " is to contain: give one or more");
        }
        List<String> expected = List.of(names);
        Set<String> missing = without(expected, entries);
        return Check.of(
                missing.isEmpty(),
                path + " to contain:" + list(expected),
                "but these are missing:" + list(missing) + "\nIt has " + count(entries.size()) + ":" + list(entries));
    }

    Check containsExactly(String... names) {
        List<String> expected = List.of(names);
        Set<String> missing = without(expected, entries);
        Set<String> unexpected = without(entries, expected);
        String wanted = count(expected.size()) + (expected.isEmpty() ? "" : ":" + list(expected));
        String found = (missing.isEmpty() ? "" : "but these are missing:" + list(missing))
                + (missing.isEmpty() || unexpected.isEmpty() ? "" : "\n")
                + (unexpected.isEmpty() ? "" : "but these are there as well:" + list(unexpected));
        return Check.of(
                missing.isEmpty() && unexpected.isEmpty(),
                path + " to contain exactly " + wanted,
                found);
    }

    private static Set<String> without(List<String> names, List<String> others) {
        Set<String> left = new LinkedHashSet<>(names);
        others.forEach(left::remove);
        return left;
    }

    private static String count(int entries) {
        return entries + (entries == 1 ? " entry" : " entries");
    }

    /** One line for each name. */
    static String list(Collection<String> names) {
        String shown = names.stream()
                .limit(MAX_SHOWN)
                .map(name -> "\n  " + Excerpt.line(name))
                .collect(Collectors.joining());
        return names.size() <= MAX_SHOWN ? shown : shown + "\n  and " + (names.size() - MAX_SHOWN) + " more";
    }
}
