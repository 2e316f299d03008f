package org.junitsandbox.internal.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Files of control groups of version 2 as kernels wrote them; {@code SOURCES.md} beside them has where each was read.
 */
public final class RecordedCounters {

    /** The files that the supervisor reads, in its order. */
    static final List<String> COUNTED = List.of("cpu.stat", "memory.peak", "memory.events", "pids.events");

    private RecordedCounters() {}

    /** Returns what the supervisor reports of the files in a folder. */
    public static String report(String folder) {
        StringBuilder report = new StringBuilder();
        for (String file : COUNTED) {
            Path path = folder(folder).resolve(file);
            if (!Files.exists(path)) {
                continue;
            }
            try (Stream<String> lines = Files.lines(path)) {
                lines.forEach(line -> report.append(file).append(' ').append(line).append('\n'));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return report.toString();
    }

    /** Returns a report with each number replaced by 0. */
    public static String zero(String report) {
        return report.replaceAll("(?<=[ :])-?\\d+(?=\\s)", "0");
    }

    static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(RecordedCounters.class.getResource("cgroup2/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
