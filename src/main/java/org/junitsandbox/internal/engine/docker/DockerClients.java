package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
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

    private static final RemoteApiVersion PREFERRED = RemoteApiVersion.VERSION_1_44;

    private static final RemoteApiVersion FALLBACK = RemoteApiVersion.VERSION_1_32;

    private DockerClients() {}

    /** A client, what it sends its requests with, and the facts of the engine at the other end. */
    record Connection(DockerClient client, DockerHttpClient http, EngineFacts facts) {}

    /**
     * Returns a client of the version of the API that Testcontainers would choose.
     *
     * @param newest the newest version that the engine knows; null to find out
     */
    static Connection connect(TransportConfig transport, @Nullable String newest)
            throws ExecutionException, InterruptedException {
        // It takes as long as all the rest, as both load hundreds of classes.
        FutureTask<DockerHttpClient> building = new FutureTask<>(() -> http(transport));
        FutureTask<EngineFacts> asking = new FutureTask<>(() -> EngineFacts.ask(building.get()));
        BoundedCall.beside(() -> {
            building.run();
            asking.run();
        });
        DefaultDockerClientConfig config = config(transport).build();
        // Reads and writes all requests.
        config.getObjectMapper();
        DockerHttpClient http = building.get();
        return new Connection(client(transport, config, newest, http), http, facts(asking));
    }

    private static EngineFacts facts(FutureTask<EngineFacts> asking) throws ExecutionException, InterruptedException {
        try {
            return asking.get();
        } catch (InterruptedException e) {
            asking.cancel(true);
            throw e;
        }
    }

    private static DockerClient client(
            TransportConfig transport,
            DefaultDockerClientConfig config,
            @Nullable String newest,
            DockerHttpClient http) {
        if (!config.getApiVersion().equals(RemoteApiVersion.UNKNOWN_VERSION)) {
            return DockerClientImpl.getInstance(config, http);
        }
        DockerClient preferred = client(transport, PREFERRED, http);
        boolean isPossible = newest == null
                ? isAnswered(preferred)
                : RemoteApiVersion.parseConfigWithDefault(newest).isGreaterOrEqual(PREFERRED);
        return isPossible ? preferred : client(transport, FALLBACK, http);
    }

    private static DockerHttpClient http(TransportConfig transport) {
        return new WithSession(new ZerodepDockerHttpClient.Builder()
                .dockerHost(transport.getDockerHost())
                .sslConfig(NoTls.isFor(transport) ? NoTls.CONFIG : transport.getSslConfig())
                .build());
    }

    private static DefaultDockerClientConfig.Builder config(TransportConfig transport) {
        return DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(transport.getDockerHost().toString())
                // The transport has the settings for TLS: others are not to be looked for.
                .withCustomSslConfig(() -> null);
    }

    private static DockerClient client(TransportConfig transport, RemoteApiVersion version, DockerHttpClient http) {
        return DockerClientImpl.getInstance(config(transport).withApiVersion(version).build(), http);
    }

    private static boolean isAnswered(DockerClient client) {
        try {
            client.pingCmd().exec();
            return true;
        } catch (RuntimeException e) {
            return false;
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
