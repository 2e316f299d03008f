package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Info;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.TransportConfig;

/** Containers of the real engine, seen past the library. */
class DockerEngineIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ContainerConfig withRuntime(String runtime) throws EngineException {
        return TestEngine.config("cat").toBuilder().runtime(runtime).build();
    }

    private static ContainerEngine behind(EngineProxy proxy, Duration callTimeout) throws EngineException {
        TransportConfig transport =
                TransportConfig.builder().dockerHost(proxy.address()).build();
        return OtherEngine.connect(transport, callTimeout);
    }

    private static void awaitNoContainers() throws Exception {
        Eventually.await("no container is left", PATIENCE, TestEngine::containers, List::isEmpty);
    }

    @Test
    void givesEveryContainerANameOfItsOwn() throws EngineException {
        try (AttachedContainer container = TestEngine.engine().start(TestEngine.config("cat"))) {
            assertThat(TestEngine.containers()).singleElement().satisfies(known -> {
                assertThat(known.getId()).isEqualTo(container.id());
                assertThat(known.getNames()).singleElement().asString().startsWith("/junit-sandbox-");
            });
        }
        assertThat(TestEngine.containers()).isEmpty();
    }

    @Test
    void givesAContainerTimeToEndByItself() throws EngineException {
        try (AttachedContainer container = TestEngine.engine().start(TestEngine.config("sleep 2"))) {
            assertThat(container.state()).isEqualTo(AttachedContainer.State.ENDED);
        }
    }

    @Test
    void reportsSoonThatTheEngineDoesNotAnswer() throws Exception {
        try (EngineProxy proxy = new EngineProxy(ServerSocketFactory.getDefault());
                AttachedContainer container =
                        behind(proxy, PATIENCE).start(TestEngine.config("cat"))) {
            proxy.hold("/wait", "/_ping");
            long began = System.nanoTime();

            assertThat(container.state()).isEqualTo(AttachedContainer.State.ENGINE_UNREACHABLE);

            // One second for the engine's first chance, half of one for the ping, as much again for a busy machine.
            assertThat(elapsedSince(began)).isLessThan(Duration.ofSeconds(3));
            proxy.release();
        }
    }

    /** Has a start fail so that a container stays that never ran. */
    private static String leaveContainerBehind(ContainerEngine engine, EngineProxy proxy) throws EngineException {
        ContainerConfig config = TestEngine.config("cat");
        proxy.refuse("/start ", "DELETE ");
        assertThatThrownBy(() -> engine.start(config)).hasMessageStartingWith("The engine could not start container ");
        proxy.refuse();
        List<String> names = TestEngine.containers().stream()
                .flatMap(container -> Stream.of(container.getNames()))
                .toList();
        assertThat(names).hasSize(1);
        return names.get(0).substring(1);
    }

    private static Duration elapsedSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** Returns what all threads log during an action. */
    private static String warnings(Runnable action) {
        PrintStream real = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(real);
        }
        return written.toString(UTF_8);
    }

    /** Starts that fail, and what they leave behind: nothing. */
    @Nested
    class FailedStarts {

        @Test
        void namesTheRuntimesThereAreForAnUnknownOne() throws EngineException {
            Info info = DockerClientFactory.instance().getInfo();
            ContainerEngine engine = TestEngine.engine();
            ContainerConfig config = withRuntime("not-there");

            assertThatThrownBy(() -> engine.start(config))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENGINE))
                    .hasMessage("No OCI runtime \"not-there\" on " + engine.description() + ". It has "
                            + String.join(", ", new TreeSet<>(info.getRuntimes().keySet()))
                            + ". Register it with the engine (for Docker: \"runtimes\" in daemon.json, then restart"
                            + " it), or set `runtime` to one of these, or remove the setting for the engine's default.")
                    .hasCauseInstanceOf(EngineException.class);
            assertThat(TestEngine.containers()).isEmpty();
        }

        @Test
        void keepsTheEnginesOwnMessageWhereItDoesNotListItsRuntimes() throws Exception {
            ContainerConfig config = withRuntime("not-there");
            try (EngineProxy proxy = new EngineProxy(ServerSocketFactory.getDefault())) {
                ContainerEngine engine = behind(proxy, PATIENCE);
                proxy.hold("/info ");

                assertThatThrownBy(() -> engine.start(config))
                        .isInstanceOf(EngineException.class)
                        .hasMessageMatching(
                                "(?s)(The engine could not create a container: |The setting `runtime` ).*not-there.*")
                        .satisfies(e -> assertThat(e.getSuppressed())
                                .singleElement()
                                .asString()
                                .contains("The engine did not list its OCI runtimes within 5 s"));
            }
        }

        @ParameterizedTest
        @CsvSource({
            "/containers/create, create a container",
            "/attach, attach to container",
            "/start , start container",
        })
        void leavesNoContainerBehindWhenACallOutlivesItsTimeLimit(String request, String what) throws Exception {
            ContainerConfig config = TestEngine.config("cat");
            try (EngineProxy proxy = new EngineProxy(ServerSocketFactory.getDefault())) {
                ContainerEngine engine = behind(proxy, Duration.ofSeconds(2));
                proxy.hold(request);

                assertThatThrownBy(() -> engine.start(config))
                        .isInstanceOf(EngineException.class)
                        .hasMessageStartingWith("The engine did not " + what)
                        .hasMessageEndingWith(" within 2 s");
                awaitNoContainers();

                proxy.release();
                proxy.awaitAnswer();
                awaitNoContainers();
            }
        }

        @Test
        void reportsAnEngineThatDoesNotAnswerAfterOneTimeLimit() throws Exception {
            ContainerConfig config = TestEngine.config("cat");
            try (EngineProxy proxy = new EngineProxy(ServerSocketFactory.getDefault())) {
                ContainerEngine engine = behind(proxy, Duration.ofSeconds(5));
                proxy.hold("/start ", "DELETE ");
                long began = System.nanoTime();

                assertThatThrownBy(() -> engine.start(config))
                        .hasMessageStartingWith("The engine did not start container ")
                        .hasMessageEndingWith(" within 5 s");

                assertThat(elapsedSince(began)).as("one call's limit, not two").isLessThan(Duration.ofSeconds(9));
                proxy.release();
                proxy.awaitAnswer();
                awaitNoContainers();
            }
        }
    }

    /** Containers that are removed late, or cannot be removed. */
    @Nested
    class Removals {

        @Test
        void removesWhatAStartLeftBehindWhenAskedAgain() throws Exception {
            try (EngineProxy proxy = new EngineProxy(ServerSocketFactory.getDefault())) {
                ContainerEngine engine = behind(proxy, PATIENCE);
                leaveContainerBehind(engine, proxy);

                engine.removeLeftBehind(System.nanoTime());

                assertThat(TestEngine.containers()).isEmpty();
            }
        }

        @Test
        void waitsForTheBackgroundRemovalOfAFailedStart() throws Exception {
            ContainerConfig config = TestEngine.config("cat");
            try (EngineProxy proxy = new EngineProxy(ServerSocketFactory.getDefault())) {
                ContainerEngine engine = behind(proxy, Duration.ofSeconds(5));
                // Of a container that has run, so that the engine may be about to remove it of its own accord.
                proxy.hold("/attach", "DELETE ");
                assertThatThrownBy(() -> engine.start(config)).hasMessageEndingWith(" within 5 s");

                proxy.release();
                engine.removeLeftBehind(System.nanoTime());

                assertThat(TestEngine.containers()).isEmpty();
            }
        }

        @Test
        void waitsForARemovalThatIsUnderWayAlready() throws Exception {
            try (EngineProxy proxy = new EngineProxy(ServerSocketFactory.getDefault())) {
                AttachedContainer container = behind(proxy, PATIENCE).start(TestEngine.config("cat"));
                proxy.conflict("DELETE ");

                CompletableFuture<Void> closing = CompletableFuture.runAsync(container::close);
                proxy.awaitRequest("/wait?condition=removed");

                assertThat(TestEngine.containers()).hasSize(1);
                assertThat(closing).isNotDone();
                TestEngine.CLIENT.removeContainerCmd(container.id()).withForce(true).exec();
                closing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(TestEngine.containers()).isEmpty();
            }
        }

        @Test
        void namesARemovalThatDoesNotEndAfterOneTimeLimitAndTriesAgain() throws Exception {
            Duration limit = Duration.ofSeconds(2);
            try (EngineProxy proxy = new EngineProxy(ServerSocketFactory.getDefault())) {
                ContainerEngine engine = behind(proxy, limit);
                AttachedContainer container = engine.start(TestEngine.config("sleep 60"));
                proxy.conflict("DELETE ");
                long began = System.nanoTime();

                String warned = warnings(container::close);

                assertThat(elapsedSince(began)).isBetween(limit, limit.plusSeconds(4));
                assertThat(warned).contains("The engine did not remove container " + container.id() + " within 2 s; ");
                assertThat(TestEngine.containers()).hasSize(1);
                proxy.conflict();
                engine.removeLeftBehind(System.nanoTime());
                assertThat(TestEngine.containers()).isEmpty();
            }
        }

        @Test
        void namesWhatCannotBeRemovedAfterOneTimeLimitInAll() throws Exception {
            Duration limit = Duration.ofSeconds(5);
            try (EngineProxy proxy = new EngineProxy(ServerSocketFactory.getDefault())) {
                ContainerEngine engine = behind(proxy, limit);
                String name = leaveContainerBehind(engine, proxy);
                proxy.hold("DELETE ");
                long began = System.nanoTime();

                String warned = warnings(() -> engine.removeLeftBehind(began));
                String warnedAgain = warnings(() -> engine.removeLeftBehind(began));

                assertThat(elapsedSince(began)).isBetween(limit, limit.plusSeconds(4));
                assertThat(warned)
                        .contains("Not removed: container " + name + ". ")
                        .contains("docker rm --force " + name);
                assertThat(warnedAgain).contains("Not removed: container " + name + ". ");
                proxy.release();
                proxy.awaitAnswer();
                awaitNoContainers();
            }
        }
    }
}
