package org.junitsandbox.internal.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names a process so that another one can find out, later and on any machine, whether it has certainly ended. The name
 * is of the running kernel, its namespace of process ids, the id and the time of its start. Linux only: elsewhere
 * nothing is known.
 */
public final class ProcessIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessIdentity.class);

    private static final String UNKNOWN = "unknown";

    private static final String SEPARATOR = "/";

    /** Of the fields after a program's name in {@code /proc/PID/stat}: the start, in ticks since the kernel's. */
    private static final int START = 19;

    public static final String CURRENT = identity(ProcessHandle.current().pid()).orElse(UNKNOWN);

    private ProcessIdentity() {}

    /** Returns the name of a process of this machine; empty if there is none of that id, or if nothing is known. */
    public static Optional<String> identity(long pid) {
        try {
            String kernel = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START];
            return Optional.of(String.join(SEPARATOR, kernel, namespace, String.valueOf(pid), start));
        } catch (IOException | RuntimeException e) {
            LOG.debug("Nothing is known of process {}", pid, e);
            return Optional.empty();
        }
    }

    /** Whether the process of that name was one of this machine's, and has certainly ended. */
    public static boolean hasEnded(String identity) {
        String[] mine = CURRENT.split(SEPARATOR, -1);
        String[] others = identity.split(SEPARATOR, -1);
        if (mine.length != 4 || others.length != 4 || !mine[0].equals(others[0]) || !mine[1].equals(others[1])) {
            return false;
        }
        try {
            return !identity(Long.parseLong(others[2])).equals(Optional.of(identity));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
