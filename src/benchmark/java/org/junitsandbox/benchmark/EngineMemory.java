package org.junitsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The memory of the engine's process, if it runs on this machine and its files in /proc are readable. */
final class EngineMemory {

    private static final Path PROCESSES = Path.of("/proc");

    /** Has one line per Unix socket: the seventh word is the inode's number, the eighth the name, if any. */
    private static final Path UNIX_SOCKETS = PROCESSES.resolve("net/unix");

    private static final int INODE = 6;

    private static final int NAME = 7;

    /** The init process may hold the socket as well, to start the engine at the first connection. */
    private static final long INIT = 1;

    private static final String RESIDENT = "VmRSS:";

    private static final int KIB = 1024;

    private EngineMemory() {}

    /** Returns the size of the resident set in bytes; NaN if it cannot be read. */
    static double residentBytes(Engine engine) throws IOException {
        if (!engine.isLocal() || !Files.isReadable(UNIX_SOCKETS)) {
            return Double.NaN;
        }
        Set<String> sockets = sockets(Path.of(engine.address().getPath()));
        Optional<Path> process = ProcessHandle.allProcesses()
                .filter(candidate -> candidate.pid() != INIT)
                .map(candidate -> PROCESSES.resolve(Long.toString(candidate.pid())))
                .filter(candidate -> holdsOne(candidate, sockets))
                .findFirst();
        return process.isPresent() ? residentBytes(process.get()) : Double.NaN;
    }

    /** Returns the sockets with this name, in the form of the links in a process's fd directory. */
    private static Set<String> sockets(Path name) throws IOException {
        try (Stream<String> lines = Files.lines(UNIX_SOCKETS)) {
            return lines.map(line -> line.trim().split("\\s+"))
                    .filter(words -> words.length > NAME && words[NAME].equals(name.toString()))
                    .map(words -> "socket:[" + words[INODE] + "]")
                    .collect(Collectors.toSet());
        }
    }

    private static boolean holdsOne(Path process, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException e) {
            return false; // another user's process, or ended
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static double residentBytes(Path process) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElse(Double.NaN);
    }
}
