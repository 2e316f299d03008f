package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.EngineLimits;
import org.junitsandbox.harness.EngineSocket;
import org.junitsandbox.harness.HostNetwork;
import org.junitsandbox.harness.LoopbackProxy;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.harness.TrafficFilter;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.MemoryMount;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** Limits read back from containers of the real engine. */
@Timeout(120)
class LimitsReadBackIT {

    private static final SandboxSpec BUSYBOX = SandboxSpec.of("busybox:latest");

    private static List<String> warnings(SandboxSpec spec) {
        try (Shell shell = Shell.open(spec.limitCheck(LimitCheck.WARN))) {
            return shell.limitWarnings();
        }
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void enforcesTheDefaultProfile(ShellKind kind) {
        EngineLimits.assumeThatAllHold();
        assertThat(warnings(kind.spec())).isEmpty();
    }

    @Test
    void enforcesTheTrustedProfile() {
        EngineLimits.assumeThatAllHold();
        SandboxSpec spec = BUSYBOX.profile(Profile.TRUSTED.network("none"));
        Cluster.assumeThatItRuns(spec);
        assertThat(warnings(spec)).isEmpty();
    }

    @Test
    void enforcesOddAmounts() {
        EngineLimits.assumeThatAllHold();
        assertThat(warnings(BUSYBOX.limits(ResourceLimits.DEFAULT
                        .memory("100000001")
                        .cpus(0.333)
                        .processes(17)
                        .openFiles(77)
                        .work("5000")
                        .tmp("10MB")
                        .input("123456"))))
                .isEmpty();
    }

    private static UnaryOperator<ContainerConfig> with(Limit limit, long amount) {
        return config -> config.toBuilder().limit(limit, amount).build();
    }

    private static UnaryOperator<ContainerConfig> without(Restriction restriction) {
        return config -> config.toBuilder().restriction(restriction, false).build();
    }

    /** Changes the mount at {@code place}, or leaves it out where {@code changed} is null. */
    private static UnaryOperator<ContainerConfig> mounting(String place, @Nullable MemoryMount changed) {
        return config -> {
            List<MemoryMount> mounts = new ArrayList<>(config.memoryMounts());
            mounts.removeIf(mount -> mount.path().equals(place));
            if (changed != null) {
                mounts.add(changed);
            }
            return config.toBuilder().memoryMounts(mounts).build();
        };
    }

    private static Arguments ignored(UnaryOperator<ContainerConfig> change, String... warnings) {
        return arguments(change, List.of(warnings));
    }

    static Stream<Arguments> refusesALimitThatTheEngineDoesNotApply() {
        return Stream.of(
                ignored(
                        with(Limit.MEMORY_BYTES, 0),
                        "memory: asked 256 MiB, found no limit (",
                        "swap: asked none, found no limit ("),
                ignored(with(Limit.MEMORY_BYTES, 512 << 20), "memory: asked 256 MiB, found 512 MiB ("),
                ignored(with(Limit.NANO_CPUS, 0), "CPUs: asked 1.0, found no limit ("),
                ignored(with(Limit.PROCESSES, 200), "processes: asked 128, found 200 ("),
                ignored(with(Limit.OPEN_FILES, 2048), "open files: asked 1024, found 2048 (openFiles is 2048)"),
                ignored(
                        with(Limit.SHARED_MEMORY_BYTES, 128 << 20),
                        "size of /dev/shm: asked 65 MiB, found 128 MiB ("),
                ignored(
                        mounting(Session.WORK, new MemoryMount(Session.WORK, 0)),
                        // The memory of a pod is the limit of its volumes that have none of their own.
                        "size of /work: asked 64 MiB, found " + (Cluster.isUsed() ? "256 MiB (" : "no limit (")),
                ignored(mounting("/tmp", null), "size of /tmp: asked 64 MiB, found no limit ("),
                ignored(
                        config -> config.toBuilder().user("0:0").build(),
                        "user: asked 65534, found Uid: 0 0 0 0",
                        "group: asked 65534, found Gid: 0 0 0 0"),
                ignored(without(Restriction.READ_ONLY_ROOT), "root file system: asked read-only, found / as "),
                ignored(without(Restriction.NO_CAPABILITIES), "capabilities: asked none, found CapBnd: "),
                ignored(without(Restriction.NO_NEW_PRIVILEGES), "no new privileges: asked on, found NoNewPrivs: 0"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesALimitThatTheEngineDoesNotApply(UnaryOperator<ContainerConfig> change, List<String> warnings) {
        EngineLimits.assumeThatTheyHold(warnings);
        AlteredEngine engine = new AlteredEngine(change);

        LimitNotEnforcedException failure = catchThrowableOfType(
                LimitNotEnforcedException.class,
                () -> Shell.open(BUSYBOX.limitCheck(LimitCheck.REQUIRE), engine).close());

        assertThat(failure)
                .as("the failure")
                .hasMessageStartingWith("No sandbox from image busybox:latest. Not all limits are known to hold on "
                        + engine.description() + ":\n  ")
                .hasMessageContainingAll(warnings.toArray(String[]::new))
                .hasMessageEndingWith(
                        "\nTo go without them, set sandbox.limitCheck=warn, a configuration parameter of JUnit or a"
                                + " system property, or choose LimitCheck.WARN.");
        assertThat(engine.started())
                .singleElement()
                .satisfies(id -> assertThat(EngineExec.exists(id)).isFalse());
    }

    @Test
    void refusesAnInterfaceThatTheEngineLeaves() throws IOException {
        HostNetwork.assumeThatItCanBeShared();
        try (Shell shell = Shell.open(BUSYBOX.profile(Profile.UNTRUSTED.network("host")))) {
            List<String> interfaces = shell.run("grep -o '[^ ]*:' /proc/net/dev").stdout().lines().toList();
            assumeTrue(interfaces.size() > 1, () -> "the engine's own network has only " + interfaces);
        }
        refusesALimitThatTheEngineDoesNotApply(
                config -> config.toBuilder().network("host").build(),
                List.of("network: asked none, found interface "));
    }

    static Stream<Arguments> refusesALimitThatIsLostOnTheWayToTheEngine() {
        return Stream.of(
                arguments(
                        Map.of("\"MemorySwap\":268435456", "\"MemorySwap\":536870912"),
                        "swap: asked none, found 256 MiB ("),
                // The first change makes room for the second.
                arguments(
                        Map.of(
                                "\"Name\":\"nofile\",\"Soft\":1024,\"Hard\":1024",
                                        "\"Name\":\"nofile\",\"Soft\":64,\"Hard\":64",
                                "\"Name\":\"core\",\"Soft\":0,\"Hard\":0",
                                        "\"Name\":\"core\",\"Soft\":999,\"Hard\":999"),
                        "size of core dumps: asked none, found 1 (core is 1)"),
                // The second change makes room for the first.
                arguments(
                        Map.of(
                                "\"no-new-privileges\"", "\"seccomp=unconfined\"",
                                "\"NanoCpus\":1000000000", "\"NanoCpus\":500000000"),
                        "filter of system calls: asked on, found Seccomp: 0"));
    }

    /** What every container is asked for, and what no change of its configuration can leave out. */
    @ParameterizedTest
    @MethodSource
    void refusesALimitThatIsLostOnTheWayToTheEngine(Map<String, String> replaced, String warning) throws Exception {
        EngineLimits.assumeThatTheyHold(List.of(warning));
        try (LoopbackProxy proxy = new LoopbackProxy(EngineSocket.path())) {
            proxy.filterToEngine(TrafficFilter.replacing(replaced));
            ContainerEngine behind = proxy.engine(Duration.ofSeconds(30));

            assertThatThrownBy(() -> Shell.open(BUSYBOX.limitCheck(LimitCheck.REQUIRE), behind).close())
                    .isInstanceOf(LimitNotEnforcedException.class)
                    .hasMessageContaining(warning);
        }
    }

    @Test
    void refusesAShellThatCannotBeCopiedForLackOfRoom() {
        EngineLimits.assumeThatAllHold();
        ResourceLimits noRoom = ResourceLimits.DEFAULT.work("64KiB").tmp("64KiB");

        assertThat(warnings(BUSYBOX.limits(noRoom)))
                .containsExactly("PID 1 out of commands' reach: asked yes, found traceable yes");
    }

    @Test
    void opensTheSandboxAllTheSameWhereAWarningIsEnough() {
        EngineLimits.assumeThatAllHold();
        AlteredEngine engine = new AlteredEngine(with(Limit.OPEN_FILES, 2048));

        try (Shell shell = Shell.open(BUSYBOX.limitCheck(LimitCheck.WARN), engine)) {
            assertThat(shell.limitWarnings()).containsExactly("open files: asked 1024, found 2048 (openFiles is 2048)");
            assertThat(shell.run("echo here").stdout()).isEqualTo("here\n");
        }
    }

    @Test
    void removesWhatAPoolStartedInVain() {
        EngineLimits.assumeThatAllHold();
        AlteredEngine engine = new AlteredEngine(without(Restriction.NO_NEW_PRIVILEGES));
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT, engine);
                ShellSeries shells = pool.series(BUSYBOX)) {
            for (int left = 2; left > 0; left--) {
                int more = left - 1;
                assertThat(catchThrowableOfType(LimitNotEnforcedException.class, () -> shells.open(more).close()))
                        .hasMessageContaining("no new privileges: asked on, found NoNewPrivs: 0");
            }
        }
        assertThat(engine.started()).hasSize(2).noneMatch(EngineExec::exists);
    }

    /** The engine keeps a volume on its own disk, whatever the root file system is. */
    @Test
    void refusesAVolumeOfTheImage(@TempDir Path folder) throws IOException {
        EngineLimits.assumeThatAllHold();
        Path dockerfile = Files.writeString(folder.resolve("Dockerfile"), "FROM busybox:latest\nVOLUME /data\n");

        assertThat(warnings(SandboxSpec.ofDockerfile(dockerfile)))
                .singleElement()
                .asString()
                .startsWith("file system at /data: asked none that can be written to, found ");
    }

    @Test
    void takesAnOutputLimitOfOneCommand() {
        try (Shell shell = Shell.open(BUSYBOX.limits(ResourceLimits.DEFAULT.output("4B")))) {
            CommandResult less = shell.run(Command.of("echo 12345; echo 12 >&2; (exit 3)").outputLimit("2B"));
            CommandResult more = shell.run(Command.of("echo 12345").outputLimit("1KiB"));

            assertThat(less.outcome()).isEqualTo(new Outcome.OutputLimited(2, 3));
            assertThat(less.stdout()).isEqualTo("12");
            assertThat(less.output(StandardStream.STDOUT).totalBytes()).isEqualTo(6);
            assertThat(more.outcome()).isEqualTo(new Outcome.Exited(0));
            assertThat(shell.run("echo 12345").outcome()).isEqualTo(new Outcome.OutputLimited(4, 0));
            assertThat(shell.run(Command.of("echo 12345").outputLimit("0")).outcome())
                    .isEqualTo(new Outcome.OutputLimited(0, 0))
                    .hasToString("exited with code 0 after more output than the limit of 0 B");
        }
    }
}
