package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;
import org.junitsandbox.harness.DedicatedEngine;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.SandboxJvm;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.SandboxInterruptedException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellAccess;

/** Callers that are interrupted, timed out or killed while other sandboxes work. */
@Timeout(120)
class CallerFaultIT {

    @Order(1)
    @RegisterExtension
    static final DedicatedEngine ENGINE = new DedicatedEngine("caller");

    @Order(2)
    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("faults-caller", ENGINE);

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static Bystanders bystanders;

    @BeforeAll
    static void start() throws Exception {
        bystanders = new Bystanders(ENGINE.connect(LIMIT));
    }

    @AfterAll
    static void stop() throws Exception {
        bystanders.close();
        LeakCheck.assertNoThreads();
    }

    @ParameterizedTest(name = "thread interrupted while {0}")
    @MethodSource("org.junitsandbox.shell.faults.FaultPoint#reachable")
    void reportsAnInterruptAndKeepsTheShellUsable(FaultPoint point) throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, LIMIT);
        try (FaultScenario scenario = new FaultScenario(ENGINE, point, LIMIT)) {
            if (point == FaultPoint.IDLE) {
                scenario.goInterrupted();
            } else if (point.opens() || point.resets()) {
                // Held up, as the sandbox can otherwise be there before its caller has seen the interrupt.
                scenario.goAndWait();
                scenario.awaitReached(LIMIT);
                scenario.worker().interrupt();
            } else {
                scenario.goAndInterrupt();
            }

            assertReported(scenario, scenario.outcome(LIMIT));
            assertThat(scenario.leftInterrupted()).isTrue();

            scenario.release();
            scenario.heal();
            if (point.resets()) {
                scenario.shell().reset();
            }
            assertThat(scenario.shell().run("echo again").stdout()).isEqualTo("again\n");
            if (!point.opens() && !point.resets()) {
                assertThat(FaultScenario.idOf(ENGINE, scenario.shell()))
                        .as("the container")
                        .isEqualTo(scenario.container());
            }
            bystanders.assertTheyContinue(LIMIT);
        }
        leakCheck.assertNone();
    }

    private static void assertReported(FaultScenario scenario, @Nullable Object outcome) {
        switch (scenario.point()) {
            case KILL ->
                assertThat(outcome).isInstanceOfSatisfying(CommandResult.class, result -> {
                    assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(FaultPoint.TIME_LIMIT));
                    assertThat(result.stdout()).isEqualTo(FaultPoint.SLEEPER_OUTPUT);
                });
            case RESET, CLEAN_UP, ATTACH, START, HANDSHAKE ->
                assertThat(outcome)
                        .isInstanceOf(SandboxInterruptedException.class)
                        .extracting("message")
                        .isEqualTo("Interrupted while waiting for a sandbox from image busybox:latest");
            case IDLE ->
                assertThat(outcome)
                        .isInstanceOf(SandboxInterruptedException.class)
                        .extracting("message")
                        .isEqualTo("Interrupted while waiting to run `true`");
            default ->
                assertThat(outcome)
                        .isInstanceOf(SandboxInterruptedException.class)
                        .extracting("message")
                        .isEqualTo("Interrupted while "
                                + scenario.point().task() + "; all processes of the sandbox were killed");
        }
    }

    @ParameterizedTest(name = "JUnit''s @Timeout hits a command, thread mode {0}")
    @EnumSource(
            value = Timeout.ThreadMode.class,
            names = {"SAME_THREAD", "SEPARATE_THREAD"})
    void failsTheTestThatTakesTooLongAndPassesTheNextOne(Timeout.ThreadMode mode) throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, LIMIT);
        try (Shell shell = ShellAccess.open(FaultScenario.SPEC, ENGINE.connect(LIMIT))) {
            TimedOutCase.shell = shell;
            long start = System.nanoTime();
            EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", mode.name())
                    .selectors(selectClass(TimedOutCase.class))
                    .execute()
                    .testEvents()
                    .assertStatistics(statistics -> statistics.started(2).succeeded(1).failed(1))
                    .failed()
                    .assertThatEvents()
                    .haveExactly(
                            1, finishedWithFailure(TestExecutionResultConditions.instanceOf(TimeoutException.class)));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
            bystanders.assertTheyContinue(LIMIT);
        }
        leakCheck.assertNone();
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class TimedOutCase {

        @SuppressWarnings("NullAway.Init") // set by the test that runs this class
        private static Shell shell;

        @Test
        @Order(1)
        @Timeout(1)
        void takesTooLong() {
            shell.run("sleep 1000");
        }

        @Test
        @Order(2)
        void passes() {
            assertThat(shell.run("echo next").stdout()).isEqualTo("next\n");
        }
    }

    /** A program that runs a command in each of 8 sandboxes and prints a container's id for each piece of output. */
    static final class EightSandboxes {
        private EightSandboxes() {}

        @SuppressWarnings({"SystemOut", "resource"})
        public static void main(String[] args) {
            List<CompletableFuture<CommandResult>> commands = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Shell shell = Shell.open(FaultScenario.SPEC);
                // On Podman, the file has no newline at its end.
                String id = shell.run("cat /etc/hostname").stdout().strip();
                commands.add(shell.runAsync(Command.of(args[0]).onOutput((stream, bytes) -> System.out.println(id))));
            }
            commands.forEach(CompletableFuture::join);
        }
    }

    @Test
    @DisplayName("JVM killed (KILL) with 8 sandboxes, each running a command")
    void removesTheContainersOfAKilledJvm(@TempDir Path home) throws Exception {
        List<String> before = ENGINE.allContainers();
        try (SandboxJvm jvm = SandboxJvm.start(
                EightSandboxes.class,
                "echo running; sleep 1000",
                Map.of("DOCKER_HOST", ENGINE.address().toString()),
                "-Duser.home=" + home)) {
            Set<String> running = new HashSet<>();
            while (running.size() < 8) {
                running.add(jvm.nextLine());
            }
            assertThat(ENGINE.allContainers()).hasSize(before.size() + 8);
            jvm.kill();
            Eventually.await(
                    "no container is left but " + before, LIMIT, ENGINE::allContainers, before::containsAll);
        }
        bystanders.assertTheyContinue(LIMIT);
    }
}
