package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.OwnEngine;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.shell.EngineFailureException;
import org.junitsandbox.shell.SandboxException;
import org.junitsandbox.shell.SandboxLostException;

/** Engines that are stopped, killed and frozen while sandboxes work on them, each at another step. */
@Timeout(240)
class EngineFaultIT {

    @Order(1)
    @RegisterExtension
    static final OwnEngine ENGINE = new OwnEngine("engine");

    @Order(2)
    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("faults-engine", ENGINE);

    /** What an engine's call may take. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    /** The longest is that of an input of 7 MiB, 48 s; the others are the silence limit, or one call. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Of what ends with one call: what is to be undone is undone beside, and does not take a second one. */
    private static final Duration ONE_CALL_LIMIT = CALL_LIMIT.plusSeconds(6);

    private static final List<Step> STEPS = List.of(
            Step.IDLE, Step.COMMAND, Step.STDIN, Step.COPY_IN, Step.COPY_OUT, Step.KILL, Step.RESET, Step.START);

    @BeforeAll
    static void start() throws Exception {
    }

    @AfterAll
    static void stop() throws Exception {
        Leftovers.assertNoThreads();
    }

    /** What may happen to an engine. */
    enum End {
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
        FROZEN("STOP, for ever", "the container engine (does not answer either|went away)") {
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
        private final String whatIsKnown;

        End(String signal, String whatIsKnown) {
            this.signal = signal;
            this.whatIsKnown = whatIsKnown;
        }

        abstract void strike() throws IOException;

        void end() throws IOException {}

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT) + " (" + signal + ")";
        }
    }

    @ParameterizedTest(name = "the engine is {0} and started again while 8 sandboxes are at different steps")
    @EnumSource
    void anEngineThatGoesIsToldAtEveryStepAndAllGoOnWhenItIsBack(End end) throws Exception {
        Leftovers leftovers = new Leftovers(ENGINE);
        List<Station> stations = new ArrayList<>();
        try {
            for (Step step : STEPS) {
                stations.add(new Station(ENGINE, step, CALL_LIMIT));
            }
            for (Station station : stations) {
                if (station.step() != Step.IDLE) {
                    station.goAndWait();
                    station.awaitReached(LIMIT);
                }
            }
            end.strike();
            for (Station station : stations) {
                if (station.step() == Step.IDLE) {
                    station.go(connection -> {});
                } else {
                    station.release();
                }
            }
            for (Station station : stations) {
                if (startsAContainer(station)) {
                    station.outcome(ONE_CALL_LIMIT);
                }
            }
            for (Station station : stations) {
                assertTold(end, station, station.outcome(LIMIT));
            }

            end.end();
            ENGINE.start();
            for (Station station : stations) {
                station.heal();
                if (!station.step().opens()) {
                    station.shell().reset();
                }
                assertThat(station.shell().run("echo again").stdout()).isEqualTo("again\n");
            }
        } finally {
            for (Station station : stations) {
                station.close();
            }
        }
        leftovers.assertNone();
    }

    private static boolean startsAContainer(Station station) {
        return station.step() == Step.RESET || station.step() == Step.START;
    }

    private static void assertTold(End end, Station station, @Nullable Object outcome) {
        if (startsAContainer(station)) {
            assertThat(outcome)
                    .isExactlyInstanceOf(EngineFailureException.class)
                    .extracting("message")
                    .asString()
                    .containsPattern(
                            "^No sandbox from image busybox:latest: The engine (could|did) not start container ");
            return;
        }
        assertThat(outcome).isInstanceOfSatisfying(SandboxLostException.class, lost -> {
            assertThat(lost.getMessage())
                    .startsWith("The sandbox was lost while it was to " + station.step().task() + ": ")
                    .contains("container " + station.container())
                    .containsPattern(end.whatIsKnown);
            assertThat(lost.stdout())
                    .isEqualTo(
                            station.step() == Step.COMMAND || station.step() == Step.KILL ? Step.SLEEPER_OUTPUT : "");
            assertThat(lost.stderr()).isEmpty();
        });
    }

    @Test
    @DisplayName("the engine is frozen for 10 s (STOP, then CONT) while 8 sandboxes work")
    void anEngineThatStandsStillForAWhileIsWaitedFor() throws Exception {
        Leftovers leftovers = new Leftovers(ENGINE);
        try (Neighbours neighbours = new Neighbours(ENGINE.connect(CALL_LIMIT))) {
            neighbours.assertTheyGoOn(LIMIT);
            ENGINE.freeze();
            Thread.sleep(10_000);
            ENGINE.thaw();
            neighbours.assertTheyGoOn(LIMIT);
        }
        leftovers.assertNone();
    }
}
