package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox reports of its processes, as it comes.
 *
 * <p>A command line can hold any bytes and a process can end at any time: its files come together, in hexadecimal.
 */
final class ProcessReport extends TokenLines {

    private static final int MAX_STATUS_BYTES = 4 * 1024;

    /** Of one process: of its status and its command line. */
    private static final int MAX_BYTES = MAX_STATUS_BYTES + 128 * 1024;

    /** Of each process beyond the total. */
    private static final int MIN_BYTES = MAX_STATUS_BYTES + 1024;

    private static final int MAX_TOTAL_BYTES = 4 << 20;

    /** Where the report's shell and its own processes are: variables of {@code supervisor.sh} are left alone. */
    private static final String SCRIPT = """
            IFS=' '
            \\command read -r own_self own_line </proc/self/stat
            \\command printf '\\n%s\\n' "TOKEN self $own_self ${worker:-0}"
            own_left=TOTAL
            IFS='
            '
            for own_place in /proc/[0-9]*; do
              own_max=MAX
              [ "$own_left" -ge MAX ] || own_max=MIN
              own_bytes=$(\\command od -An -v -tx1 -N "$own_max" "$own_place/stat" "$own_place/cmdline") || {
                [ -d "$own_place" ] || continue
                \\command false
                break
              }
              own_left=$((own_left - ${#own_bytes} / 3))
              \\command printf '\\n%s\\n' "TOKEN of $own_max"
              for own_line in $own_bytes; do \\command printf '\\n%s\\n' "TOKEN $own_line"; done
            done && IFS=' ' && \\command read -r own_max own_line </proc/uptime &&
              \\command printf '\\n%s\\n' "TOKEN end $own_max"
            """;

    private final List<Part> parts = new ArrayList<>();
    private long self;
    private long watcher;
    private @Nullable Duration uptime;

    /** The bytes of one process, and how many were asked for. */
    private record Part(int max, ByteArrayOutputStream bytes) {}

    ProcessReport() {
        this(newToken());
    }

    ProcessReport(String token) {
        super(token);
    }

    /** Returns source text that writes the report. It fails if a process cannot be looked at that has not ended. */
    String script() {
        return SCRIPT.replace("TOKEN", token())
                .replace("TOTAL", String.valueOf(MAX_TOTAL_BYTES))
                .replace("MAX", String.valueOf(MAX_BYTES))
                .replace("MIN", String.valueOf(MIN_BYTES));
    }

    @Override
    void take(String[] words) {
        switch (words[0]) {
            case "self" -> {
                self = Long.parseLong(words[1]);
                watcher = Long.parseLong(words[2]);
            }
            case "of" -> parts.add(new Part(Integer.parseInt(words[1]), new ByteArrayOutputStream()));
            case "end" -> uptime = Duration.ofMillis(new BigDecimal(words[1]).movePointRight(3).longValue());
            default -> decode(words, parts.get(parts.size() - 1).bytes());
        }
    }

    /** Whether all of it has come. */
    boolean isComplete() {
        return uptime != null;
    }

    /** Returns the process that wrote the report. */
    long self() {
        return self;
    }

    /** Returns the parent of the worker shell; 0 if there has been none yet. */
    long watcher() {
        return watcher;
    }

    /** Returns all processes by their ids, those of the sandbox itself included. */
    Map<Long, SandboxProcess> processes() {
        Map<Long, SandboxProcess> found = new TreeMap<>();
        for (Part part : parts) {
            byte[] bytes = part.bytes().toByteArray();
            ProcessStatus.parse(bytes).ifPresent(status -> {
                byte[] commandLine = Arrays.copyOfRange(bytes, status.length(), bytes.length);
                found.put(
                        status.pid(),
                        new SandboxProcess(
                                status,
                                commandLine,
                                bytes.length == part.max(),
                                status.age(uptime == null ? Duration.ZERO : uptime)));
            });
        }
        return found;
    }
}
