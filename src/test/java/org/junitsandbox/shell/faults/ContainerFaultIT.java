package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.OwnEngine;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.shell.EngineFailureException;
import org.junitsandbox.shell.SandboxException;
import org.junitsandbox.shell.SandboxLostException;

/** Containers that are killed or removed from outside, at each step, while others work. */
@Timeout(120)
class ContainerFaultIT {

    /** What a loss may take to be told, on a machine that is busy with other things. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Order(1)
    @RegisterExtension
    static final OwnEngine ENGINE = new OwnEngine("containers");

    @Order(2)
    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("faults-containers", ENGINE);

    private static Neighbours neighbours;

    @BeforeAll
    static void start() throws Exception {
        neighbours = new Neighbours(ENGINE.connect(LIMIT));
    }

    @AfterAll
    static void stop() throws Exception {
        neighbours.close();
        Leftovers.assertNoThreads();
    }

    /** What may happen to a container. */
    enum End {
        KILLED {
            @Override
            void strike(String container) {
                ENGINE.client().killContainerCmd(container).exec();
            }
        },
        REMOVED {
            @Override
            void strike(String container) {
                ENGINE.client().removeContainerCmd(container).withForce(true).exec();
            }
        };

        abstract void strike(String container);

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Arguments> stepsAndEnds() {
        return Arrays.stream(Step.values()).flatMap(step -> Arrays.stream(End.values())
                // What does not run cannot be killed.
                .filter(end -> end == End.REMOVED || step.runs())
                .map(end -> Arguments.of(step, end)));
    }

    @ParameterizedTest(name = "its container {1} while {0}")
    @MethodSource("stepsAndEnds")
    void aContainerThatGoesIsToldAndItsNeighboursDoNotNotice(Step step, End end) throws Exception {
        Leftovers leftovers = new Leftovers(ENGINE);
        try (Station station = new Station(ENGINE, step, LIMIT)) {
            if (step == Step.IDLE) {
                end.strike(station.container());
            }
            station.go(connection -> end.strike(connection.container()));

            assertTold(station, station.outcome(LIMIT));

            station.heal();
            if (!step.opens()) {
                station.shell().reset();
            }
            assertThat(station.shell().run("echo again").stdout()).isEqualTo("again\n");
            neighbours.assertTheyGoOn(LIMIT);
        }
        leftovers.assertNone();
    }

    private static void assertTold(Station station, @Nullable Object outcome) {
        String container = station.container();
        switch (station.step()) {
            case ATTACH, START, RESET -> assertThat(outcome)
                    .isExactlyInstanceOf(EngineFailureException.class)
                    .asString()
                    .contains("No sandbox from image busybox:latest: The engine could not "
                            + (station.step() == Step.ATTACH ? "attach to" : "start") + " container ")
                    .containsIgnoringCase("no such container");
            case HANDSHAKE -> assertThat(outcome)
                    .isExactlyInstanceOf(EngineFailureException.class)
                    .extracting("message")
                    .asString()
                    .startsWith("No sandbox from image busybox:latest: the container did not get ready: the connection to the"
                            + " container ");
            default -> assertThat(outcome).isInstanceOfSatisfying(SandboxLostException.class, lost -> {
                assertThat(lost)
                        .hasMessage("The sandbox was lost while it was to " + station.step().task() + ": container " + container
                                + " has ended; it was killed or removed from outside, its main process was, or its connection was cut.");
                assertThat(lost.stdout())
                        .isEqualTo(
                                station.step() == Step.COMMAND || station.step() == Step.KILL ? Step.SLEEPER_OUTPUT : "");
                assertThat(lost.stderr()).isEmpty();
            });
        }
    }
}
