package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.SandboxProcess.State;

/** What becomes of a sandbox's report, and which of its processes are left over. */
class ProcessReportTests {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final ProcessReport report = new ProcessReport("token");

    private void write(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        report.write(bytes, 0, bytes.length);
    }

    private void process(int pid, long parent, char state, String commandLine) {
        process(pid, parent, state, 1, commandLine);
    }

    /** Writes what is reported of a process, in lines of 16 bytes with others between them. */
    private void process(int pid, long parent, char state, int threads, String commandLine) {
        String fields = ProcessStatusTests.fields()
                .replaceFirst(" 4 ", " " + parent + " ")
                .replaceFirst(" 20 ", " " + threads + " ");
        String content = pid + " (name) " + state + fields + "\n" + commandLine;
        byte[] bytes = content.getBytes(ISO_8859_1);
        write("\ntoken of 5000\n");
        for (int i = 0; i < bytes.length; i += 16) {
            write("noise without an end\ntoken " + HEX.formatHex(bytes, i, Math.min(bytes.length, i + 16)) + "\n"
                    + "more noise " + "x".repeat(10_000));
        }
    }

    private SandboxProcess found(long pid) {
        return Objects.requireNonNull(report.processes().get(pid));
    }

    private List<Long> left(ProcessStatus.Identity... programs) {
        return LeftoverProcesses.find(report.processes(), report.self(), report.watcher(), List.of(programs)).stream()
                .map(SandboxProcess::pid)
                .toList();
    }

    /** As the field of each process holds its number. */
    private static ProcessStatus.Identity started(long pid) {
        return new ProcessStatus.Identity(pid, 22);
    }

    @Test
    void readsProcessesAmongTheOutputOfOthers() {
        write("\ntoken self 40 5\n");
        process(17, 6, 'S', "sleep\0" + "1\0");
        process(18, 1, 'R', "\u00ff\n\u001b[31m");
        assertThat(report.isComplete()).isFalse();
        write("token end 12.34\n");

        assertThat(report.isComplete()).isTrue();
        assertThat(report.self()).isEqualTo(40);
        assertThat(report.watcher()).isEqualTo(5);
        SandboxProcess sleep = found(17);
        assertThat(sleep.commandLine()).isEqualTo("sleep 1");
        assertThat(sleep.commandLineBytes()).isEqualTo("sleep\0001\000".getBytes(ISO_8859_1));
        assertThat(sleep.isCommandLineTruncated()).isFalse();
        assertThat(sleep).hasToString(
                "pid 17, parent 6, sleeping, CPU time 290 ms, started 12.1 s ago: sleep 1");
        assertThat(found(18).commandLine()).isEqualTo("\\uDCFF\\n\\u001B[31m");
    }

    @Test
    void showsTheNameOfAProcessWithoutACommandLine() {
        process(17, 6, 'Z', "");

        assertThat(found(17).commandLine()).isEqualTo("[name]");
    }

    @Test
    void marksACommandLineOfWhichNoMoreWasRead() {
        int rest = 5_000 - "17 (name) S\n".length() - ProcessStatusTests.fields().length();
        process(17, 4, 'S', 20, "x".repeat(rest));
        process(18, 4, 'S', 20, "x".repeat(rest - 1));

        assertThat(found(17).isCommandLineTruncated()).isTrue();
        assertThat(found(18).isCommandLineTruncated()).isFalse();
    }

    @Test
    void leavesOutWhatTheLibraryRuns() {
        write("token self 40 5\n");
        process(1, 0, 'S', "sh");
        process(5, 1, 'S', "sh");
        process(6, 5, 'S', "sh");
        process(40, 1, 'S', "sh");
        process(41, 40, 'Z', "");
        process(17, 6, 'S', "left");
        process(18, 1, 'T', "orphan");

        assertThat(left()).containsExactly(17L, 18L);
    }

    @Test
    void leavesOutTheDeadWhoseParentsAreOfTheLibrary() {
        write("token self 40 5\n");
        process(6, 5, 'S', "sh");
        process(17, 6, 'Z', "");
        process(18, 1, 'Z', "");
        process(19, 6, 'S', "left");
        process(20, 19, 'Z', "");

        assertThat(left()).containsExactly(19L, 20L);
        assertThat(found(20).state()).isEqualTo(State.ZOMBIE);
    }

    @Test
    void keepsAProcessOfWhichOnlyTheMainThreadHasEnded() {
        write("token self 40 5\n");
        process(6, 5, 'S', "sh");
        process(17, 6, 'Z', 2, "");
        process(18, 1, 'Z', 3, "");
        process(19, 1, 'Z', 1, "");

        assertThat(left()).containsExactly(17L, 18L);
    }

    @Test
    void leavesOutStartedProgramsWithTheirDescendants() {
        write("token self 40 5\n");
        process(6, 5, 'S', "sh");
        process(30, 1, 'S', "program");
        process(31, 30, 'S', "child");
        process(32, 31, 'S', "grandchild");
        process(33, 1, 'S', "daemon");
        process(34, 1, 'S', "other process with the id of a program");

        assertThat(left(started(30), new ProcessStatus.Identity(34, 21), started(99))).containsExactly(33L, 34L);
    }
}
