package org.junitsandbox.shell.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junitsandbox.harness.EngineLimits.Limit;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.shell.TransferException;
import org.junitsandbox.spec.ResourceLimits;

/** Attacks that exhaust resources: processes, memory, files, output, time. */
final class LimitAttacks {

    private static final int MIB = 1 << 20;

    private static final ResourceLimits LIMITS = ResourceLimits.DEFAULT;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private LimitAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(
                Attack.of("fork bomb", "fork-bomb", LimitAttacks::forkBomb)
                        .heldBy(Limit.PROCESSES)
                        .within("1s")
                        .provenWith(
                                LIMITS.processes(600).memory("1GiB"),
                                result -> assertThat(result.stdout().length()).isGreaterThan(LIMITS.processes())),
                Attack.of("zombie flood", "zombies", LimitAttacks::zombies)
                        .heldBy(Limit.PROCESSES)
                        .provenWith(LIMITS.processes(600), Attack.prints("zombies: 400 done")),
                Attack.of("memory bomb", "memory", LimitAttacks::memory)
                        .heldBy(Limit.MEMORY)
                        .provenWith(LIMITS.memory("640MiB"), Attack.prints("400 MiB: done")),
                Attack.of("disk filler on every writable path", "disk", LimitAttacks::disk)
                        .provenWith(
                                LIMITS.work("110MiB").tmp("110MiB").memory("512MiB"),
                                Attack.prints("/tmp: 104857600 done", "/work: 104857600 done")),
                Attack.of("inode filler on every writable path", "inodes 20000", LimitAttacks::inodes)
                        .heldBy(Limit.MEMORY)
                        .in(Attack.SPEC.limits(LIMITS.memory("24MiB")
                                .work("12MiB")
                                .tmp("12MiB")
                                .input("4MiB")))
                        .provenWith(
                                LIMITS, Attack.prints("/dev/shm: 20000 done", "/tmp: 20000 done", "/work: 20000 done")),
                Attack.of("descriptor exhaustion", "descriptors", LimitAttacks::descriptors)
                        .heldBy(Limit.OPEN_FILES)
                        .provenWith(LIMITS.openFiles(4000), Attack.prints("open: 3000 done")),
                Attack.of("output flood on both streams", "flood", LimitAttacks::flood),
                Attack.of("endless output without a newline", "endless-line", LimitAttacks::endlessLine)
                        .within("1s"),
                Attack.of("output flood from the background", "background-flood", LimitAttacks::backgroundFlood),
                Attack.of("CPU burners that ignore TERM", "burner", LimitAttacks::burner).within("1s"),
                Attack.of("daemon that closed all its descriptors", "daemon", LimitAttacks::daemon));
    }

    private static String forkBomb(CommandResult result, Shell shell) {
        assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(SECOND));
        assertAlone(shell);
        assertThat(result.stdout().length()).isBetween(20, LIMITS.processes());
        return "stopped at the process limit, all killed at the time limit";
    }

    private static String zombies(CommandResult result, Shell shell) {
        assertThat(Attack.lines(result)).singleElement().asString().matches("zombies: 1[012]\\d EAGAIN");
        assertThat(shell.run("for i in $(seq 100); do sleep 0.2 & done; wait").stderr()).isEmpty();
        return "stopped at the process limit, then reaped";
    }

    private static String memory(CommandResult result, Shell shell) {
        assertThat(result.outcome()).isEqualTo(new Outcome.OutOfMemory(256 * MIB));
        assertThat(result.exitCode()).isEqualTo(137);
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
        return "killed at the memory limit and reported so";
    }

    private static String disk(CommandResult result, Shell shell) throws Exception {
        if (result.outcome().equals(new Outcome.OutOfMemory(256 * MIB))) {
            // Podman adds /run and /var/tmp to a read-only root, without a size limit.
            assertThat(SuiteTable.engine()).startsWith("Podman");
            assertThat(result.stdout()).contains("/dev/shm: 68157440 ENOSPC\n/run: 104857600 done\n");
            return "killed at the memory limit, having filled the memory file systems that Podman adds";
        }
        Map<String, List<String>> filled = new LinkedHashMap<>();
        for (String line : Attack.lines(result)) {
            String[] pathBytesAndError = line.split(":? ", 3);
            filled.put(pathBytesAndError[0], List.of(pathBytesAndError[1], pathBytesAndError[2]));
        }
        // A file there is a message queue: no byte can be written to it.
        List<String> queue = filled.remove("/dev/mqueue");
        assertThat(queue == null || queue.get(0).equals("0")).isTrue();
        boolean hasPodmanMounts = filled.keySet().removeAll(Set.of("/run", "/var/tmp"));
        // Without a memory limit, nothing stops writes to the mounts that Podman adds.
        assertThat(hasPodmanMounts).isEqualTo(SuiteTable.engine().startsWith("Podman"));
        assertThat(filled).containsOnlyKeys("/dev/shm", "/tmp", "/work").allSatisfy((path, bytesAndError) -> {
            assertThat(Integer.parseInt(bytesAndError.get(0))).isBetween(60 * MIB, 65 * MIB);
            assertThat(bytesAndError.get(1)).isEqualTo("ENOSPC");
        });
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
        assertThatThrownBy(() -> shell.run(Command.of("cat").stdin(new byte[MIB])))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("do not fit");
        return "3 memory file systems, each full at its size; commands still run, stdin is refused"
                + (hasPodmanMounts ? "; Podman's /run and /var/tmp have no size limit" : "");
    }

    private static String inodes(CommandResult result, Shell shell) {
        assertThat(result.outcome()).isEqualTo(new Outcome.OutOfMemory(24 * MIB));
        return "killed at the memory limit: inodes count as memory";
    }

    private static String descriptors(CommandResult result, Shell shell) {
        assertThat(Attack.lines(result)).singleElement().asString().matches("open: 10[012]\\d EMFILE");
        return "stopped at the open-file limit";
    }

    private static String flood(CommandResult result, Shell shell) {
        assertThat(result.outcome()).isEqualTo(new Outcome.OutputLimited(8 * MIB, 0));
        assertThat(result.output(StandardStream.STDOUT).totalBytes()).isEqualTo(64 * MIB);
        assertThat(result.output(StandardStream.STDERR).totalBytes()).isEqualTo(64 * MIB);
        assertThat(result.stdout()).isEqualTo("o".repeat(8 * MIB));
        assertThat(result.stderr()).isEqualTo("e".repeat(8 * MIB));
        return "8 MiB of each stream kept, the rest counted";
    }

    private static String endlessLine(CommandResult result, Shell shell) {
        assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(SECOND));
        assertThat(result.stdoutBytes()).hasSize(8 * MIB);
        assertThat(result.output(StandardStream.STDOUT).totalBytes()).isGreaterThan(8 * MIB);
        assertAlone(shell);
        return "8 MiB kept, killed at the time limit";
    }

    private static String backgroundFlood(CommandResult result, Shell shell) {
        assertThat(result.exitCode()).isZero();
        for (int code = 1; code < 4; code++) {
            assertThat(shell.run(Command.of("(exit " + code + ")").timeLimit("10s")).exitCode()).isEqualTo(code);
        }
        shell.run(Command.of("sleep 60").timeLimit("100ms"));
        assertAlone(shell);
        return "later commands keep their exit codes; killed at the next time limit";
    }

    private static String burner(CommandResult result, Shell shell) {
        assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(SECOND));
        assertThat(result.duration()).isLessThan(Duration.ofSeconds(5));
        assertAlone(shell);
        return "all killed at the time limit";
    }

    private static String daemon(CommandResult result, Shell shell) throws Exception {
        String find = "grep -l the-daemo[n] /proc/[0-9]*/cmdline 2>/dev/null | wc -l";
        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
        Eventually.await(
                "one daemon runs", Duration.ofSeconds(5), () -> shell.run(find).stdout(), "1\n"::equals);
        assertThat(shell.run(Command.of("sleep 60").timeLimit("100ms")).outcome())
                .isInstanceOf(Outcome.TimedOut.class);
        assertThat(shell.run(find).stdout()).isEqualTo("0\n");
        return "delays nothing; killed at the next time limit";
    }

    /** Asserts that nothing runs in the sandbox but PID 1, the watcher and the worker shell. */
    private static void assertAlone(Shell shell) {
        assertThat(shell.run("set -- /proc/[0-9]*; echo $#").stdout()).isEqualTo("3\n");
    }
}
