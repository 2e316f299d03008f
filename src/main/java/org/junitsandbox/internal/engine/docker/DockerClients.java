package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.TransportConfig;
import org.testcontainers.shaded.com.github.dockerjava.core.DefaultDockerClientConfig;
import org.testcontainers.shaded.com.github.dockerjava.core.DockerClientImpl;
import org.testcontainers.shaded.com.github.dockerjava.core.RemoteApiVersion;

/**
 * Makes clients of docker-java, whose core Testcontainers has in itself under another name.
 *
 * <p>Those that Testcontainers makes look up a registry's credentials for each container, although its image is there:
 * they log that there are none, and look for an engine of their own to learn its registry, which fails where only a
 * docker context names the engine.
 */
final class DockerClients {

    /** By which Testcontainers Cloud knows the containers of one run. */
    private static final String SESSION_HEADER = "x-tc-sid";

    private DockerClients() {}

    /** A client, and what it sends its requests with. */
    record Connection(DockerClient client, DockerHttpClient http) {}

    /** Returns a client of the latest version of the API that both sides know, as Testcontainers chooses it. */
    static Connection connect(TransportConfig transport) {
        DockerHttpClient http = new WithSession(new ZerodepDockerHttpClient.Builder()
                .dockerHost(transport.getDockerHost())
                .sslConfig(transport.getSslConfig())
                .build());
        DefaultDockerClientConfig.Builder config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(transport.getDockerHost().toString())
                // The transport has the settings for TLS: others are not to be looked for.
                .withCustomSslConfig(() -> null);
        if (config.build().getApiVersion().equals(RemoteApiVersion.UNKNOWN_VERSION)) {
            config.withApiVersion(RemoteApiVersion.VERSION_1_44);
        }
        DockerClient client = DockerClientImpl.getInstance(config.build(), http);
        try {
            client.pingCmd().exec();
            return new Connection(client, http);
        } catch (RuntimeException e) {
            return new Connection(
                    DockerClientImpl.getInstance(config.withApiVersion(RemoteApiVersion.VERSION_1_32).build(), http), http);
        }
    }

    private record WithSession(DockerHttpClient http) implements DockerHttpClient {

        @Override
        public Response execute(Request request) {
            return http.execute(Request.builder()
                    .from(request)
                    .putHeader(SESSION_HEADER, DockerClientFactory.SESSION_ID)
                    .build());
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }
}
