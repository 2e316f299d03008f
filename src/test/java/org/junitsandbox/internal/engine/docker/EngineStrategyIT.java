package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** Whoever gives Testcontainers a strategy of their own gets its engine or none. */
class EngineStrategyIT extends EngineSearchFixture {

    /** A user's own way to the engine: its address is that of a system property. */
    public static final class OwnStrategy extends DockerClientProviderStrategy {

        static String address = "";

        @Override
        public String getDescription() {
            return "own";
        }

        @Override
        public TransportConfig getTransportConfig() {
            return TransportConfig.builder().dockerHost(URI.create(address)).build();
        }
    }

    @Test
    void isUsedOrNoneIfAVariableNamesIt() {
        OwnStrategy.address = dead;
        environment.put("TESTCONTAINERS_DOCKER_CLIENT_STRATEGY", OwnStrategy.class.getName());

        assertThat(refusal())
                .hasMessage("The strategy " + OwnStrategy.class.getName()
                        + " (named by TESTCONTAINERS_DOCKER_CLIENT_STRATEGY): there is no such file");
    }

    @Test
    void isUsedOrNoneIfAPropertyNamesIt() throws Exception {
        properties("docker.client.strategy=" + OwnStrategy.class.getName());
        OwnStrategy.address = alive;
        assertThat(engine()).contains(" at " + alive);
        OwnStrategy.address = dead;
        assertThat(refusal()).hasMessageEndingWith(": there is no such file");
    }

    @Test
    void isUsedOrNoneIfItIsOnTheClassPath(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(DockerClientProviderStrategy.class.getName()), OwnStrategy.class.getName());
        OwnStrategy.address = dead;
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);

            assertThat(refusal()).hasMessageEndingWith(
                    "(named by META-INF/services on the class path): there is no such file");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void isRefusedIfItDoesNotExist() throws IOException {
        properties("docker.client.strategy=org.example.Missing");

        assertThat(refusal())
                .hasMessageEndingWith("it found none: java.lang.ClassNotFoundException: org.example.Missing");
    }

    @Test
    void namesNoneIfTestcontainersHasNotedIt() throws Exception {
        properties("docker.client.strategy=org.testcontainers.dockerclient.RootlessDockerClientProviderStrategy");

        assertThat(engine()).contains(" at unix:///");
    }
}
