package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.InternalServerErrorException;
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
import org.junitsandbox.harness.DedicatedEngine;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.shell.EngineFailureException;
import org.junitsandbox.shell.SandboxLostException;

/** Containers that are killed or removed from outside, at each fault point, while other sandboxes work. */
@Timeout(120)
class ContainerFaultIT {

    /** The longest time until a loss is reported, on a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Order(1)
    @RegisterExtension
    static final DedicatedEngine ENGINE = new DedicatedEngine("containers");

    @Order(2)
    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("faults-containers", ENGINE);

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

    /** A fault that ends a container. */
    enum Fault {
        KILLED {
            @Override
            void strike(String container) {
                try {
                    ENGINE.client().killContainerCmd(container).exec();
                } catch (InternalServerErrorException e) {
                    // Podman looks at the container again after the kill, when it may have removed itself.
                    assertThat(e).hasMessageContaining("no such container");
                }
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

    static Stream<Arguments> pointsAndFaults() {
        return FaultPoint.reachable().flatMap(point -> Arrays.stream(Fault.values())
                // Only a running container can be killed.
                .filter(fault -> fault == Fault.REMOVED || point.runs())
                .map(fault -> Arguments.of(point, fault)));
    }

    @ParameterizedTest(name = "container {1} while {0}")
    @MethodSource("pointsAndFaults")
    void reportsTheLostContainerAndDisturbsNoOtherSandbox(FaultPoint point, Fault fault) throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, LIMIT);
        try (FaultScenario scenario = new FaultScenario(ENGINE, point, LIMIT)) {
            if (point == FaultPoint.IDLE) {
                fault.strike(scenario.container());
            }
            scenario.go(connection -> fault.strike(connection.container()));

            assertReported(scenario, scenario.outcome(LIMIT));

            scenario.heal();
            if (!point.opens() && point != FaultPoint.CLEAN_UP) {
                scenario.shell().reset();
            }
            assertThat(scenario.shell().run("echo again").stdout()).isEqualTo("again\n");
            bystanders.assertTheyContinue(LIMIT);
        }
        leakCheck.assertNone();
    }

    private static void assertReported(FaultScenario scenario, @Nullable Object outcome) {
        String container = scenario.container();
        switch (scenario.point()) {
            case ATTACH, START, RESET -> assertThat(outcome)
                    .isExactlyInstanceOf(EngineFailureException.class)
                    .asString()
                    .contains("No sandbox from image busybox:latest: The engine could not "
                            + (scenario.point() == FaultPoint.ATTACH ? "attach to" : "start") + " container ")
                    .containsIgnoringCase("no such container");
            case HANDSHAKE -> assertThat(outcome)
                    .isExactlyInstanceOf(EngineFailureException.class)
                    .extracting("message")
                    .asString()
                    .startsWith("No sandbox from image busybox:latest: the container did not get ready: the"
                            + " connection to the container ");
            case CLEAN_UP -> {
                assertThat(outcome).isNull();
                assertThat(scenario.isStruck()).isTrue();
                assertThat(FaultScenario.idOf(ENGINE, scenario.shell())).isNotEqualTo(container);
            }
            default -> assertThat(outcome).isInstanceOfSatisfying(SandboxLostException.class, lost -> {
                assertThat(lost)
                        .hasMessage("The sandbox was lost while " + scenario.point().task() + ": container "
                                + container
                                + " has ended; it was killed or removed from outside, its main process was, or its"
                                + " connection was cut.");
                assertThat(lost.stdout())
                        .isEqualTo(scenario.point().runsSleeper() ? FaultPoint.SLEEPER_OUTPUT : "");
                assertThat(lost.stderr()).isEmpty();
            });
        }
    }
}
