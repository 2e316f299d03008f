package org.junitsandbox.shell;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code stat} prints of one file, in the same form from coreutils and from busybox.
 *
 * @param status without the target of a link
 * @param device the number of the file system
 * @param inode the number of the file in its file system
 * @param names how many names the file has: hard links
 * @param changed when anything of the file was changed last, content or status: no command can set that time
 */
record StatLine(FileStatus status, long device, String inode, long names, Instant changed) {

    /** The format of one line: without its name, and so without a line feed or a slash. */
    static final String FORMAT = "%f %s %u %g %d %i %h %Y %y %Z %z";

    /** What {@link #FORMAT} needs besides, so that times have one form. */
    static final String ENVIRONMENT = "LC_ALL=C TZ=UTC0 ";

    /** Seconds by themselves, as the rest of "%y" has other forms for years far away. */
    private static final String TIME = "(-?\\d{1,18}) \\S+ [^ .]+\\.(\\d{9}) \\+0000";

    private static final Pattern LINE = Pattern.compile(
            "([0-9a-f]{1,7}) (\\d{1,19}) (\\d{1,10}) (\\d{1,10}) (\\d{1,20}) (\\d{1,20}) (\\d{1,10}) "
                    + TIME + " " + TIME);

    /**
     * Parses a line.
     *
     * @return empty if it is something else: a program of that name can be anybody's
     */
    static Optional<StatLine> parse(String line) {
        Matcher fields = LINE.matcher(line);
        if (!fields.matches()) {
            return Optional.empty();
        }
        try {
            FileStatus status = new FileStatus(
                    Integer.parseInt(fields.group(1), 16),
                    Long.parseLong(fields.group(2)),
                    Long.parseLong(fields.group(3)),
                    Long.parseLong(fields.group(4)),
                    time(fields.group(8), fields.group(9)),
                    null);
            return Optional.of(new StatLine(
                    status,
                    Long.parseUnsignedLong(fields.group(5)),
                    fields.group(6),
                    Long.parseLong(fields.group(7)),
                    time(fields.group(10), fields.group(11))));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant time(String seconds, String nanos) {
        return Instant.ofEpochSecond(Long.parseLong(seconds), Long.parseLong(nanos));
    }

    StatLine withLinkTarget(String target) {
        return new StatLine(status.withLinkTarget(target), device, inode, names, changed);
    }

    /** Whether it is another name of the same file. */
    boolean isSameFile(StatLine other) {
        return device == other.device && inode.equals(other.inode);
    }
}
