package org.junitsandbox.shell;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What tar reports on stderr while it reads a directory that is in use. A file that grows or goes meanwhile is no
 * failure, nor is a socket, which has no content. A file that became shorter is one: GNU tar fills it up with zeros.
 */
final class TarMessages {

    /** Precedes tar's exit status, on a line of its own at the end. */
    static final String STATUS = "tar ended with status ";

    /** GNU tar's "some files differ". */
    private static final String FILES_DIFFER = STATUS + "1";

    private static final Pattern HARMLESS =
            Pattern.compile("tar: .*: (socket ignored|file changed as we read it|[Ff]ile removed before we read it)");

    private static final Pattern SHRANK = Pattern.compile("tar: .*: File shrank by \\d+ bytes?; padding with zeros");

    private TarMessages() {}

    /** Whether an archive is what it is to be in spite of these messages. */
    static boolean areHarmless(String errors) {
        List<String> lines = errors.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            if (!HARMLESS.matcher(lines.get(i)).matches() && !(last && lines.get(i).equals(FILES_DIFFER))) {
                return false;
            }
        }
        return true;
    }

    /** Returns what to do, to append to the messages. */
    static String advice(String errors) {
        return errors.lines().anyMatch(line -> SHRANK.matcher(line).matches())
                ? ". End what writes to this file before, or copy the other files by their own names"
                : "";
    }
}
