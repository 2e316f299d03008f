package org.junitsandbox.shell.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junitsandbox.harness.EngineLimits;
import org.junitsandbox.harness.OwnUser;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;

/** Attacks that try to escape from the container: by system calls, privileges, devices and sockets. */
final class EscapeAttacks {

    private static final SandboxSpec ROOT = Attack.SPEC.profile(Profile.TRUSTED.network("none"));

    private EscapeAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(
                Attack.of("mount and chroot", "mount", (result, shell) -> {
                    Attack.assertAllFailed(Attack.lines(result), "EPERM", "EACCES");
                    return "not permitted";
                }),
                Attack.of("unshare and setns", "unshare", EscapeAttacks::unshare),
                Attack.of("modules, reboot, kexec, bpf, perf, file handles", "kernel", (result, shell) -> {
                    Attack.assertAllFailed(Attack.lines(result), "EPERM", "EACCES", "ENOSYS");
                    return "not permitted, or not in this kernel";
                }),
                Attack.of("keyctl", "keyctl", EscapeAttacks::keyctl),
                Attack.of("device nodes", "devices", (result, shell) -> {
                            assertThat(Attack.lines(result)).hasSize(3);
                            Attack.assertAllFailed(Attack.lines(result), "EPERM");
                            return "none can be made; none of the host's is visible";
                        })
                        .provenIn(ROOT, EscapeAttacks::devicesAreMade),
                Attack.of("setuid programs", "setuid", (result, shell) -> {
                            assertThat(Attack.lines(result))
                                    .map(OwnUser::hidden)
                                    .containsExactly("id: 65534", "setuid: EPERM", "setgid: EPERM", "setgroups: EPERM");
                            return "a setuid-root program still runs as nobody";
                        })
                        .provenIn(
                                Attack.SPEC.profile(Profile.UNTRUSTED.newPrivileges(true)),
                                Attack.prints("id: 0\n")),
                Attack.of("writes to /proc and /sys", "kernel-files", EscapeAttacks::kernelFiles),
                Attack.of("core dump", "core", (result, shell) -> {
                    assertThat(Attack.lines(result))
                            .containsExactly("a higher limit: EPERM", "signal: 6", "dumped: 0", "files: none");
                    return "none is written; the limit cannot be raised";
                })
                        .heldBy(EngineLimits.Limit.CORE_DUMPS),
                Attack.of("the engine's socket", "engine-sockets", (result, shell) -> {
                            assertThat(Attack.lines(result)).containsExactly("looked");
                            return "not visible, neither as a file nor as an abstract name";
                        })
                        .provenIn(
                                Attack.SPEC.profile(Profile.UNTRUSTED.network("host")),
                                Attack.prints("unix ")),
                Attack.of("raw sockets", "raw-sockets", (result, shell) -> {
                            assertThat(Attack.lines(result)).containsExactly("raw: EPERM", "packet: EPERM");
                            return "not permitted";
                        })
                        .provenIn(ROOT, EscapeAttacks::rawSocketsAreOpened),
                Attack.of("DNS", "dns 8.8.8.8 1.1.1.1", (result, shell) -> {
                    assertThat(Attack.lines(result))
                            .containsExactly(
                                    "datagram to 8.8.8.8: ENETUNREACH",
                                    "datagram to 1.1.1.1: ENETUNREACH",
                                    "example.org: no address");
                    return "no network";
                }));
    }

    private static void devicesAreMade(CommandResult result) throws Exception {
        assumeFalse(
                SuiteTable.engine().matches(".*(rootless|userns).*"),
                "in a user namespace, no device node can be made at all");
        assumeRootIsPermitted(result);
        Attack.prints("make memory: done", "make disk: done").check(result);
    }

    private static void rawSocketsAreOpened(CommandResult result) throws Exception {
        assumeRootIsPermitted(result);
        Attack.prints("raw: done", "packet: done").check(result);
    }

    /** Podman 5 gives root two capabilities fewer than Docker does. */
    private static void assumeRootIsPermitted(CommandResult result) throws Exception {
        List<String> lines = Attack.lines(result);
        assertThat(lines).isNotEmpty();
        boolean denied = lines.stream().allMatch(line -> line.endsWith("EPERM"));
        assumeFalse(
                SuiteTable.engine().startsWith("Podman 5") && denied,
                "this Podman does not permit it to root either");
    }

    /**
     * Docker's seccomp profile forbids both. Podman's allows a new user namespace: the privileges in it do not reach
     * beyond it.
     */
    private static String unshare(CommandResult result, Shell shell) throws Exception {
        List<String> lines = new ArrayList<>(Attack.lines(result));
        assertThat(lines).hasSize(7);
        if (lines.remove("new user namespace: done")) {
            assertThat(SuiteTable.engine()).startsWith("Podman");
            Attack.assertAllFailed(lines, "EPERM", "EACCES");
            return "only a new user namespace, which Podman allows; no namespace of PID 1";
        }
        Attack.assertAllFailed(lines, "EPERM", "EACCES");
        return "not permitted";
    }

    /** A key would be visible to all sandboxes of the same user id. */
    private static String keyctl(CommandResult result, Shell shell) throws Exception {
        List<String> lines = Attack.lines(result);
        Attack.assertAllFailed(lines.subList(0, 1), "EPERM", "ENOSYS");
        if (lines.get(1).endsWith(": done")) {
            assertThat(SuiteTable.engine()).startsWith("Podman");
            return "Podman permits to name the session's keyring, but not to add a key";
        }
        Attack.assertAllFailed(lines, "EPERM", "ENOSYS");
        return "not permitted";
    }

    /** A process may write to files about itself; a write to /proc/pressure only registers a trigger for the writer. */
    private static String kernelFiles(CommandResult result, Shell shell) {
        List<String> lines = Attack.lines(result);
        assertThat(Integer.parseInt(lines.get(lines.size() - 1).substring("tried: ".length()))).isGreaterThan(1000);
        assertThat(lines).contains("/proc/self/comm: open");
        assertThat(lines.subList(0, lines.size() - 1))
                .allMatch(line -> line.startsWith("/proc/self/") || line.startsWith("/proc/pressure/"));
        return "only files about the process itself can be opened for writing";
    }
}
