package org.junitsandbox.benchmark;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** A connection to the engine that bypasses the library, for comparison and for figures that only the engine has. */
public final class Engine implements AutoCloseable {

    private final URI address;
    private final DockerClient client;

    private Engine(TransportConfig transport) {
        this.address = transport.getDockerHost();
        this.client = DockerClientProviderStrategy.getClientForConfig(transport);
    }

    /** Connects to the engine that Testcontainers, and so the library, finds. */
    public static Engine connect() {
        return new Engine(DockerClientFactory.instance().getTransportConfig());
    }

    public DockerClient client() {
        return client;
    }

    URI address() {
        return address;
    }

    boolean isLocal() {
        return "unix".equals(address.getScheme());
    }

    /** Returns whether the engine has an OCI runtime with this name. */
    public static boolean hasRuntime(String name) {
        return DockerClientFactory.instance().getInfo().getRuntimes().containsKey(name);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
