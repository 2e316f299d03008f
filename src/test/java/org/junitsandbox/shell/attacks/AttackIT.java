package org.junitsandbox.shell.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.EngineLimits;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.HostNetwork;
import org.junitsandbox.harness.SandboxJvm;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellSeries;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;

/** Hostile commands in a sandbox with the defaults: each is contained and harms nothing else. */
class AttackIT {

    /** The attack programs in every sandbox of this suite. */
    static final String PROGRAM = "/work/attacks.pl";

    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("attacks");

    /** The time that an attack with all its checks may take beyond its own time limit. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private static final Duration REMOVAL_LIMIT = Duration.ofSeconds(10);

    /** Those that were attacked. */
    private static final Set<String> CONTAINERS = new HashSet<>();

    private static SandboxPool pool;
    private static ShellSeries sandboxes;
    private static Bystander bystander;

    @BeforeAll
    static void open() {
        pool = new SandboxPool(PoolSize.DEFAULT);
        sandboxes = pool.series(Attack.SPEC);
        bystander = new Bystander(pool.open(Attack.SPEC));
    }

    @AfterAll
    static void close() {
        pool.close();
        assertThat(CONTAINERS).isNotEmpty().noneMatch(EngineExec::exists);
    }

    static byte[] program() {
        try (InputStream program = AttackIT.class.getResourceAsStream("attacks.pl")) {
            return Objects.requireNonNull(program, "attacks.pl").readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Attack> attacks() {
        return Stream.of(LimitAttacks.all(), EscapeAttacks.all(), SupervisorAttacks.all()).flatMap(all -> all);
    }

    static Stream<Attack> attacksWithProof() {
        return attacks().filter(attack -> attack.proof() != null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void containsAnAttackInItsSandbox(Attack attack) throws Exception {
        Cluster.assumeThatItRuns(attack.spec());
        boolean isDefault = attack.spec().equals(Attack.SPEC);
        try (Shell shell = isDefault ? sandboxes.open(Integer.MAX_VALUE) : pool.open(attack.spec())) {
            TABLE.verdict(assertHolds(attack, shell));
        }
    }

    private static String assertHolds(Attack attack, Shell shell) throws Exception {
        if (attack.heldBy() != null) {
            EngineLimits.assumeThatItHolds(attack.heldBy(), shell);
        }
        shell.copyIn(program(), PROGRAM);
        String container = EngineExec.containerOf(shell);
        // The engine's own entries, such as mount points: all but Docker count them.
        long onDisk = EngineExec.bytesOnDisk(container);
        assertThat(onDisk == 0 || !SuiteTable.engine().startsWith("Docker")).isTrue();
        long start = System.nanoTime();
        String verdict;
        try (HeapGrowth heap = new HeapGrowth();
                Bystander.Work work = bystander.work()) {
            CommandResult result = attack.runIn(shell);
            assertThat(EngineExec.exists(container)).isTrue();
            assertThat(EngineExec.bytesOnDisk(container)).as("bytes on the engine's disk").isEqualTo(onDisk);
            // A node logs what a pod prints, whatever the pod asks for.
            assertThat(EngineExec.logType(container)).isEqualToIgnoringCase(Cluster.isUsed() ? "on the node" : "none");
            verdict = attack.verdict().of(result, shell);
            shell.reset();
            assertIsNew(shell);
            work.assertUnharmed();
            heap.assertBounded();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(Units.duration(attack.timeLimit()).plus(SLACK));
        CONTAINERS.add(container);
        return verdict;
    }

    private static void awaitEnd(String container) throws Exception {
        Eventually.await(
                "container " + container + " has ended",
                REMOVAL_LIMIT,
                () -> EngineExec.state(container),
                // A pod that has ended is kept until the next test run.
                Cluster.isUsed() ? "Succeeded"::equals : EngineExec.GONE::equals);
    }

    private static void assertIsNew(Shell shell) {
        assertThat(shell.run("ls -A /work /tmp; set -- /proc/[0-9]*; echo $#; (exit 7)")).satisfies(result -> {
            assertThat(result.stdout()).isEqualTo("/tmp:\n\n/work:\n3\n");
            assertThat(result.stderr()).isEmpty();
            assertThat(result.outcome()).isEqualTo(new Outcome.Exited(7));
        });
    }

    /** The listener is in the host's network, at all its addresses; the attack knows its port. */
    @Test
    @DisplayName("sockets to loopback, host and metadata address")
    void connectsSocketsToNothing() throws Exception {
        HostNetwork.assumeThatItCanBeShared();
        SandboxSpec onHost = Attack.SPEC.profile(Profile.UNTRUSTED.network("host"));
        try (Shell listener = pool.open(onHost);
                Shell outside = pool.open(onHost);
                Shell inside = pool.open(Attack.SPEC)) {
            CompletableFuture<String> port = new CompletableFuture<>();
            listener.copyIn(program(), PROGRAM);
            CompletableFuture<CommandResult> listening = listener.runAsync(Command.of("perl " + PROGRAM + " listen")
                    .onOutput((stream, bytes) -> port.complete(new String(bytes, UTF_8).replaceAll("\\D", ""))));
            String ownPort = ":" + port.orTimeout(10, SECONDS).join();
            List<String> addresses = outside.run(
                            "grep -B 1 'host LOCAL' /proc/net/fib_trie | grep -o '[0-9.]*[.][0-9]*$' | sort -u")
                    .stdout()
                    .lines()
                    .toList();
            String attack = "perl " + PROGRAM + " connect "
                    + addresses.stream().map(address -> address + ownPort + " ").collect(joining())
                    + "169.254.169.254:80 8.8.8.8:53";
            outside.copyIn(program(), PROGRAM);
            inside.copyIn(program(), PROGRAM);

            List<String> reached = Attack.lines(outside.run(attack));
            List<String> refused = Attack.lines(inside.run(attack));

            assertThat(listening).isNotDone();
            assertThat(addresses).contains("127.0.0.1");
            assertThat(reached.subList(0, addresses.size())).allMatch(line -> line.endsWith(": done"));
            assertThat(refused).hasSize(addresses.size() + 2);
            Attack.assertAllFailed(refused, "ECONNREFUSED", "ENETUNREACH");
            Attack.assertAllFailed(refused.subList(addresses.size(), refused.size()), "ENETUNREACH");
        }
        TABLE.verdict("unreachable, except its own empty loopback; with the host's network the host is reached");
    }

    @Test
    @DisplayName("holding the stdin of PID 1 open beyond the JVM's end")
    void keepsProcessesFromHoldingStdinOfPid1Open() throws Exception {
        assertContainerEndsWithItsJvm(
                "for fd in 0 1 2; do sh -c \"exec sleep 1000 <>/proc/1/fd/$fd\" 2>/tmp/tried.$fd & done; sleep 1000",
                "each attempt is denied",
                "for fd in 0 1 2; do grep 'Permission denied' /tmp/tried.$fd || exit; done");
        TABLE.verdict("denied; the container ends with its JVM");
    }

    /** Stands for a process that has opened the stdin of PID 1: that of its own shell can be opened. */
    @Test
    @DisplayName("proof: holding the stdin of its own shell open beyond the JVM's end")
    void endsAContainerWithItsJvmDespiteAProcessThatHoldsStdinOpen() throws Exception {
        assertContainerEndsWithItsJvm(
                "for file in /proc/$$/fd/*; do sh -c \"exec sleep 1000 <>$file\" & done; sleep 1000",
                "the shell's stdin is held open",
                "for process in $(pidof sleep); do readlink /proc/$process/fd/0; done | grep '[.]fifo'");
        TABLE.verdict("held open; the container still ends with its JVM");
    }

    /**
     * Runs an attack in a child JVM, which is killed as soon as the attack has got as far as it can.
     *
     * @param sign describes that point
     * @param command succeeds in the container once that point is reached
     */
    private static void assertContainerEndsWithItsJvm(String attack, String sign, String command) throws Exception {
        try (SandboxJvm jvm = SandboxJvm.start(attack, Map.of())) {
            String container = jvm.nextLine();
            Eventually.await(
                    sign,
                    REMOVAL_LIMIT,
                    () -> EngineExec.run(container, "/bin/sh", command),
                    result -> result.exitCode() == 0);
            jvm.kill();
            awaitEnd(container);
        }
    }

    @Test
    @DisplayName("proof: bytes on the engine's disk")
    void detectsAWriteToTheRootFileSystemOnTheEnginesDisk() {
        Cluster.assumeThatItRuns(Attack.SPEC.profile(Profile.TRUSTED));
        try (Shell shell = pool.open(Attack.SPEC.profile(Profile.TRUSTED.network("none")))) {
            shell.run("head -c 1000000 /dev/zero >/opt/file");
            assertThat(EngineExec.bytesOnDisk(EngineExec.containerOf(shell))).isGreaterThanOrEqualTo(1_000_000);
        }
        TABLE.verdict("growth of a writable root is detected");
    }

    @ParameterizedTest(name = "proof: {0}")
    @MethodSource("attacksWithProof")
    void letsAnAttackSucceedWhereTheSandboxAllowsIt(Attack attack) throws Exception {
        Attack.Proof proof = Objects.requireNonNull(attack.proof());
        if ("host".equals(proof.spec().profile().network())) {
            HostNetwork.assumeThatItCanBeShared();
        }
        Cluster.assumeThatItRuns(proof.spec());
        try (Shell shell = pool.open(proof.spec())) {
            shell.copyIn(program(), PROGRAM);
            proof.success().check(attack.proveIn(shell));
        }
        TABLE.verdict("succeeds where it is allowed");
    }
}
