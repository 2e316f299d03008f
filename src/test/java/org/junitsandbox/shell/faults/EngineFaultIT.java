package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.DedicatedEngine;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.shell.EngineFailureException;
import org.junitsandbox.shell.SandboxLostException;

/** Engines that are stopped, killed or frozen while sandboxes are at different fault points. */
@Timeout(240)
class EngineFaultIT {

    @Order(1)
    @RegisterExtension
    static final DedicatedEngine ENGINE = new DedicatedEngine("engine");

    @Order(2)
    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("faults-engine", ENGINE);

    /** The longest time that one call to the engine may take. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    /** Longer than the slowest report, that of an input of 7 MiB, which takes 48 s. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** For work that ends with one call: its clean-up runs concurrently and adds no second call. */
    private static final Duration ONE_CALL_LIMIT = CALL_LIMIT.plusSeconds(6);

    private static final List<FaultPoint> POINTS = List.of(
            FaultPoint.IDLE,
            FaultPoint.COMMAND,
            FaultPoint.STDIN,
            FaultPoint.COPY_IN,
            FaultPoint.COPY_OUT,
            FaultPoint.KILL,
            FaultPoint.RESET,
            FaultPoint.CLEAN_UP,
            FaultPoint.START);

    @BeforeEach
    void restore() throws IOException {
        ENGINE.restore();
    }

    @AfterAll
    static void stop() throws Exception {
        LeakCheck.assertNoThreads();
    }

    /** A fault that ends or suspends an engine. */
    enum Fault {
        STOPPED("TERM", "has ended|the container engine went away") {
            @Override
            void strike() throws IOException {
                ENGINE.stop("TERM");
            }
        },
        KILLED("KILL", "has ended|the container engine went away") {
            @Override
            void strike() throws IOException {
                ENGINE.stop("KILL");
            }
        },
        FROZEN("STOP, never resumed", "the container engine (does not answer either|went away)") {
            @Override
            void strike() throws IOException {
                ENGINE.freeze();
            }

            @Override
            void end() throws IOException {
                ENGINE.thaw();
                ENGINE.stop("KILL");
            }
        };

        private final String signal;
        private final String messagePattern;

        Fault(String signal, String messagePattern) {
            this.signal = signal;
            this.messagePattern = messagePattern;
        }

        abstract void strike() throws IOException;

        /** Ends the engine if it still runs. */
        void end() throws IOException {}

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT) + " (" + signal + ")";
        }
    }

    @ParameterizedTest(name = "engine {0} and started again while sandboxes are at different points")
    @EnumSource
    void reportsALostEngineAtEveryPointAndContinuesOnceItIsBack(Fault fault) throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, CALL_LIMIT);
        List<FaultScenario> scenarios = new ArrayList<>();
        try {
            for (FaultPoint point : FaultPoint.reachable().filter(POINTS::contains).toList()) {
                scenarios.add(new FaultScenario(ENGINE, point, CALL_LIMIT));
            }
            for (FaultScenario scenario : scenarios) {
                if (scenario.point() != FaultPoint.IDLE) {
                    scenario.goAndWait();
                    scenario.awaitReached(LIMIT);
                }
                if (scenario.point() == FaultPoint.CLEAN_UP) {
                    // Another container takes the place of one whose clean-up takes long.
                    assertThat(scenario.outcome(LIMIT)).isNull();
                }
            }
            fault.strike();
            for (FaultScenario scenario : scenarios) {
                if (scenario.point() == FaultPoint.IDLE) {
                    scenario.go(connection -> {});
                } else {
                    scenario.release();
                }
            }
            for (FaultScenario scenario : scenarios) {
                if (startsAContainer(scenario)) {
                    scenario.outcome(ONE_CALL_LIMIT);
                }
            }
            for (FaultScenario scenario : scenarios) {
                assertReported(fault, scenario, scenario.outcome(LIMIT));
            }

            fault.end();
            ENGINE.start();
            for (FaultScenario scenario : scenarios) {
                scenario.heal();
                if (!scenario.point().opens()) {
                    scenario.shell().reset();
                }
                assertThat(scenario.shell().run("echo again").stdout()).isEqualTo("again\n");
            }
        } finally {
            for (FaultScenario scenario : scenarios) {
                scenario.close();
            }
        }
        leakCheck.assertNone();
    }

    private static boolean startsAContainer(FaultScenario scenario) {
        return scenario.point() == FaultPoint.RESET || scenario.point() == FaultPoint.START;
    }

    private static void assertReported(Fault fault, FaultScenario scenario, @Nullable Object outcome) {
        if (scenario.point() == FaultPoint.CLEAN_UP) {
            return;
        }
        if (startsAContainer(scenario)) {
            assertThat(outcome)
                    .as("%s", scenario.point())
                    .isExactlyInstanceOf(EngineFailureException.class)
                    .extracting("message")
                    .asString()
                    .containsPattern(
                            "^No sandbox from image busybox:latest: The engine (could|did) not start container ");
            return;
        }
        assertThat(outcome).as("%s", scenario.point()).isInstanceOfSatisfying(SandboxLostException.class, lost -> {
            assertThat(lost.getMessage())
                    .startsWith("The sandbox was lost while " + scenario.point().task() + ": ")
                    .contains("container " + scenario.container())
                    .containsPattern(fault.messagePattern);
            assertThat(lost.stdout())
                    .isEqualTo(scenario.point().runsSleeper() ? FaultPoint.SLEEPER_OUTPUT : "");
            assertThat(lost.stderr()).isEmpty();
        });
    }

    @Test
    @DisplayName("engine frozen for 10 s (STOP, then CONT) while 8 sandboxes work")
    void waitsForAnEngineThatIsFrozenForAWhile() throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, CALL_LIMIT);
        try (Bystanders bystanders = new Bystanders(ENGINE.connect(CALL_LIMIT))) {
            bystanders.assertTheyContinue(LIMIT);
            ENGINE.freeze();
            Thread.sleep(10_000);
            ENGINE.thaw();
            bystanders.assertTheyContinue(LIMIT);
        }
        leakCheck.assertNone();
    }
}
