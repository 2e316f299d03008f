package org.junitsandbox.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directory in a sandbox that something was copied into.
 *
 * @param path its path without links; null where that is not known, as it cannot be entered
 * @param isMade whether it was made for that
 * @param newMode the mode of one that was made
 */
record TargetDirectory(@Nullable String path, boolean isMade, int newMode) {

    private static final Pattern PRINTED = Pattern.compile("(made\n)?(?:(/.*)\n([0-7]{1,4})\n)?", Pattern.DOTALL);

    private static final int ALL_PERMISSIONS = 0777;

    /** Returns source text that makes a directory if it is missing. */
    static String make(String quoted) {
        return "{ \\command test -d " + quoted + " || { \\command echo made && \\command mkdir -p " + quoted + "; }; }";
    }

    /** Returns source text that prints the rest of what {@link #parse} reads, and goes to the directory. */
    static String where(String quoted) {
        return "{ { \\command cd " + quoted + " && \\command pwd -P && \\command umask; } 2>/dev/null || :; }";
    }

    static TargetDirectory parse(String printed) {
        Matcher parts = PRINTED.matcher(printed);
        if (!parts.matches() || parts.group(2) == null) {
            return new TargetDirectory(null, printed.startsWith("made\n"), 0);
        }
        return new TargetDirectory(
                parts.group(2), parts.group(1) != null, ALL_PERMISSIONS & ~Integer.parseInt(parts.group(3), 8));
    }

    /** Notes something in it that was copied in, and the directories that were made for that. */
    void note(KnownFiles files, String relative, CopiedFile file) {
        if (path != null) {
            if (isMade) {
                files.madeFor(path, newMode);
            }
            files.copied(relative.isEmpty() ? path : (path.equals("/") ? "" : path) + "/" + relative, file);
        }
    }
}
