package org.junitsandbox.internal.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names a process so that another one can find out, later and on any machine, whether it has certainly ended. The name
 * is of the running kernel, its namespace of process ids, the host, the id and the time of its start: machines that
 * were cloned while they ran share all but the host's name. Linux only: elsewhere nothing is known.
 */
public final class ProcessIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessIdentity.class);

    private static final String UNKNOWN = "unknown";

    private static final String SEPARATOR = "/";

    private static final Path PROC = Path.of("/proc");

    private static final int PARTS = 5;

    private static final int PID = 3;

    /** Of the fields after a program's name in {@code /proc/PID/stat}: the start, in ticks since the kernel's. */
    private static final int START = 19;

    public static final String CURRENT = identity(ProcessHandle.current().pid()).orElse(UNKNOWN);

    private ProcessIdentity() {}

    /** Returns the name of a process of this machine; empty if no process has that id, or if nothing is known. */
    public static Optional<String> identity(long pid) {
        try {
            String kernel = read(PROC.resolve("sys/kernel/random/boot_id")).strip();
            String namespace = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
            String host = read(PROC.resolve("sys/kernel/hostname")).strip();
            String id = String.valueOf(pid);
            return Optional.of(String.join(SEPARATOR, kernel, namespace, host, id, start(PROC, id)));
        } catch (IOException | RuntimeException e) {
            LOG.debug("Nothing is known of process {}", pid, e);
            return Optional.empty();
        }
    }

    /** Whether the process of that name was one of this machine's, and has certainly ended. */
    public static boolean hasEnded(String identity) {
        return hasEnded(identity, PROC);
    }

    /**
     * Whether a process has certainly ended.
     *
     * @param proc the directory of the kernel's files of processes
     */
    static boolean hasEnded(String identity, Path proc) {
        List<String> mine = List.of(CURRENT.split(SEPARATOR, -1));
        List<String> others = List.of(identity.split(SEPARATOR, -1));
        if (mine.size() != PARTS
                || others.size() != PARTS
                || !mine.subList(0, PID).equals(others.subList(0, PID))) {
            return false;
        }
        try {
            return !start(proc, others.get(PID)).equals(others.get(PID + 1));
        } catch (NoSuchFileException e) {
            LOG.trace("There is no process {}, or it is hidden", identity, e);
            return showsOthers(proc);
        } catch (IOException | RuntimeException e) {
            LOG.debug("Nothing is known of process {}", identity, e);
            return false;
        }
    }

    /** The kernel can be set to hide the processes of other users (hidepid), and hides the first one then, too. */
    private static boolean showsOthers(Path proc) {
        try {
            return !start(proc, "1").isEmpty();
        } catch (IOException | RuntimeException e) {
            LOG.debug("Processes of other users are hidden", e);
            return false;
        }
    }

    private static String start(Path proc, String pid) throws IOException {
        String stat = read(proc.resolve(pid).resolve("stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START];
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
