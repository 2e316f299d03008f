package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.ManySandboxesJvm;
import org.junitsandbox.harness.SandboxJvm;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.EngineFailureException;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.SandboxException;
import org.junitsandbox.shell.SandboxLostException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** Parts of a cluster that end, pods that are taken away, connections that are cut, JVMs that are killed. */
@Timeout(240)
class KubernetesFaultIT {

    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("faults-kubernetes");

    private static final SandboxSpec SPEC = SandboxSpec.of("busybox:latest");

    /** For the end of a command whose sandbox was struck; the cluster itself may be silent for 10 s of it. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** For pods that are removed. */
    private static final Duration REMOVAL_LIMIT = Duration.ofSeconds(30);

    private Set<String> before = Set.of();

    @BeforeAll
    static void assumeCluster() {
        Cluster.assumeUsed();
    }

    @BeforeEach
    void recordPods() {
        before = Cluster.pods();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        Eventually.await("no pod is left but " + before, REMOVAL_LIMIT, Cluster::pods, before::containsAll);
    }

    /** What happens to a pod, or to the cluster around it, while a command runs. */
    enum Fault {
        API_SERVER_KILLED {
            @Override
            void strike(String pod) {
                Cluster.script("stop", "kube-apiserver", "KILL");
            }

            @Override
            void heal() {
                Cluster.script("start", "kube-apiserver");
            }
        },
        KUBELET_RESTARTED {
            @Override
            void strike(String pod) {
                Cluster.script("stop", "kubelet", "KILL");
            }

            @Override
            void heal() {
                Cluster.script("start", "kubelet");
            }
        },
        CONTAINER_RUNTIME_RESTARTED {
            @Override
            void strike(String pod) {
                Cluster.script("stop", "containerd", "KILL");
            }

            @Override
            void heal() {
                Cluster.script("start", "containerd");
                // Until it finds the runtime again, it starts nothing.
                Cluster.script("stop", "kubelet");
                Cluster.script("start", "kubelet");
            }
        },
        NETWORK_CUT_FOR_10_SECONDS {
            @Override
            void strike(String pod) {
                Cluster.script("cut", "10");
            }
        },
        POD_DELETED {
            @Override
            void strike(String pod) {
                Cluster.kubectl("delete", "pod", pod, "--grace-period=0", "--force");
            }
        },
        NODE_PRESSURE {
            @Override
            void strike(String pod) {
                restartKubelet("s/^evictionHard/evictionSoft: {memory.available: 900Gi}\\n"
                        + "evictionSoftGracePeriod: {memory.available: 1s}\\nevictionHard/");
                awaitThat(pod, phase -> !phase.equals("Running"));
            }

            @Override
            void heal() {
                restartKubelet("/^evictionSoft/d");
                Cluster.kubectl("wait", "--for", "condition=MemoryPressure=False", "node", "--all", "--timeout", "60s");
            }

            private void restartKubelet(String edit) {
                Cluster.script("run", "sed", "-i", edit, "/run/cluster/kubelet.yaml");
                Cluster.script("stop", "kubelet");
                Cluster.script("start", "kubelet");
            }
        };

        abstract void strike(String pod);

        /** Makes the cluster whole again. */
        void heal() {}

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static void awaitThat(String pod, Predicate<String> phase) {
        try {
            Eventually.await("pod " + pod + " is struck", LIMIT, () -> EngineExec.state(pod), phase);
        } catch (Exception e) {
            // An interrupt only: nothing else that is waited for here throws a checked exception.
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{0} during a command")
    @EnumSource
    void endsACommandWithTheTruthWhenTheClusterFails(Fault fault) throws Exception {
        try (Shell shell = Shell.open(SPEC)) {
            String pod = EngineExec.containerOf(shell);
            CountDownLatch running = new CountDownLatch(1);
            Command command = Command.of("echo before; sleep 15; echo after")
                    .timeLimit(LIMIT)
                    .onOutput((stream, bytes) -> running.countDown());
            CompletableFuture<Object> end = CompletableFuture.supplyAsync(() -> {
                try {
                    return shell.run(command);
                } catch (SandboxException e) {
                    return e;
                }
            });
            running.await();
            try {
                fault.strike(pod);
                TABLE.verdict(assertIsTrue(end.get(LIMIT.toSeconds(), TimeUnit.SECONDS)));
            } finally {
                fault.heal();
            }
            shell.reset();
            assertThat(shell.run("echo again").stdout()).isEqualTo("again\n");
        }
    }

    /** A connection that was only silent may go on; all else is a loss, with what had come until then. */
    private static String assertIsTrue(Object end) {
        if (end instanceof CommandResult result) {
            assertThat(result.stdout()).isEqualTo("before\nafter\n");
            assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
            return "the command went on";
        }
        assertThat(end).isInstanceOfSatisfying(SandboxLostException.class, lost -> {
            assertThat(lost.stdout()).isEqualTo("before\n");
            assertThat(lost).hasMessageStartingWith("The sandbox was lost while running `echo before; sleep 15; ");
        });
        return String.valueOf(((SandboxLostException) end).getMessage());
    }

    /** What a shell does when the cluster fails, again and again until it fails. */
    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    enum Work {
        OUTPUT(shell -> shell.run(Command.of("while :; do echo line; sleep 0.01; done").timeLimit(LIMIT))),
        STDIN(shell -> shell.run(Command.of("cat >/dev/null").timeLimit(LIMIT).stdin(new byte[8 << 20]))),
        COPY_IN(shell -> shell.copyIn(new byte[1 << 20], "file")),
        COMMAND(shell -> shell.run("true")),
        TIME_LIMIT(shell -> shell.run(Command.of("sleep 1000").timeLimit(Duration.ofMillis(1)))),
        RESET(Shell::reset),
        START(shell -> Shell.open(SPEC.recycle(false)).close());

        private final Consumer<Shell> step;

        Work(Consumer<Shell> step) {
            this.step = step;
        }

        /** Starts it in another thread; returns what ended it, once it has. */
        CompletableFuture<Throwable> start(Shell shell) throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> {
                        begun.countDown();
                        while (true) {
                            step.accept(shell);
                        }
                    }),
                    task -> new Thread(task, "fault scenario: " + this).start());
            begun.await();
            return end;
        }
    }

    @Test
    @DisplayName("API server killed while sandboxes do different things")
    void reportsEveryConnectionThatIsCutAndContinues() throws Exception {
        Map<Work, Shell> shells = new EnumMap<>(Work.class);
        Map<Work, CompletableFuture<Throwable>> ends = new EnumMap<>(Work.class);
        try (Shell idle = Shell.open(SPEC)) {
            for (Work work : Work.values()) {
                shells.put(work, Shell.open(SPEC));
            }
            for (Work work : Work.values()) {
                ends.put(work, work.start(Objects.requireNonNull(shells.get(work))));
            }
            Cluster.script("stop", "kube-apiserver", "KILL");
            try {
                for (CompletableFuture<Throwable> end : ends.values()) {
                    assertThat(end.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                            .isInstanceOfAny(SandboxLostException.class, EngineFailureException.class);
                }
                assertThatThrownBy(() -> idle.run("true")).isInstanceOf(SandboxLostException.class);
            } finally {
                Cluster.script("start", "kube-apiserver");
            }
            idle.reset();
            assertThat(idle.run("echo again").stdout()).isEqualTo("again\n");
            for (Shell shell : shells.values()) {
                shell.reset();
                assertThat(shell.run("echo again").stdout()).isEqualTo("again\n");
            }
        } finally {
            shells.values().forEach(Shell::close);
        }
    }

    @Test
    @DisplayName("no API server at the start of a sandbox")
    void reportsAnApiServerThatIsNotThere() {
        // The library has found the cluster before.
        Shell.open(SPEC).close();
        Cluster.script("stop", "kube-apiserver", "KILL");
        try {
            long start = System.nanoTime();

            Throwable failure = catchThrowable(() -> Shell.open(SPEC));

            assertThat(failure)
                    .isInstanceOf(EngineFailureException.class)
                    .hasMessageContaining("its API server takes no connection");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
            TABLE.verdict(String.valueOf(failure.getMessage()));
        } finally {
            Cluster.script("start", "kube-apiserver");
        }
        try (Shell shell = Shell.open(SPEC)) {
            assertThat(shell.run("echo again").stdout()).isEqualTo("again\n");
        }
    }

    /** Those that the sandboxes of {@link ManySandboxesJvm} run. A node reports the end of a pod later. */
    private static List<String> programsOnTheNode() {
        return Cluster.script("run", "ps", "-e", "-o", "args=")
                .lines()
                .filter("sleep 1000"::equals)
                .toList();
    }

    @Test
    @DisplayName("JVM with 8 pods killed by SIGKILL")
    void leavesNoRunningPodOfAKilledJvm() throws Exception {
        Set<String> pods = new TreeSet<>();
        try (SandboxJvm jvm = SandboxJvm.start(ManySandboxesJvm.class, "8", Map.of())) {
            for (int i = 0; i < 8; i++) {
                pods.add(jvm.nextLine());
            }
            assertThat(programsOnTheNode()).hasSize(8);
            jvm.kill();
        }
        Eventually.await(
                "none of the pods' programs runs",
                Duration.ofSeconds(5),
                KubernetesFaultIT::programsOnTheNode,
                List::isEmpty);
        try (SandboxJvm next = SandboxJvm.start("true", Map.of())) {
            assertThat(pods).doesNotContain(next.nextLine());
            assertThat(next.nextLine()).startsWith("exited with code 0");
            assertThat(next.exitCode()).isZero();
        }
        Eventually.await(
                "none of the pods exists",
                REMOVAL_LIMIT,
                () -> pods.stream().filter(EngineExec::exists).toList(),
                List::isEmpty);
    }
}
