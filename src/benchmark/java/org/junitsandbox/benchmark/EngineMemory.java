package org.junitsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The memory of the engine's process, where that runs on this machine and we may look. */
final class EngineMemory {

    private static final String PROGRAM = "dockerd";

    private static final String RESIDENT = "VmRSS:";

    private static final int KIB = 1024;

    private EngineMemory() {}

    /** The resident set's size in bytes, not a number if it cannot be read. */
    static double residentBytes(Engine engine) throws IOException {
        List<Path> status = ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/" + PROGRAM))
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "status"))
                .filter(Files::isReadable)
                .toList();
        if (!engine.isLocal() || status.size() != 1) {
            return Double.NaN;
        }
        return Files.readAllLines(status.get(0)).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElse(Double.NaN);
    }
}
