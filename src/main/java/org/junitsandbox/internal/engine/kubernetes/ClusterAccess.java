package org.junitsandbox.internal.engine.kubernetes;

import static org.junitsandbox.internal.engine.EngineException.unavailable;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.URI;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/**
 * How a cluster is reached: the client for its API, and what a connection of our own needs. Safe for use by several
 * threads.
 */
final class ClusterAccess implements AutoCloseable {

    /** The client would follow a redirect to any host, with the user's credentials; the API has none. */
    private static final class Transport extends JdkHttpClientFactory {

        @Override
        protected void additionalConfig(HttpClient.Builder builder) {
            builder.followRedirects(HttpClient.Redirect.NEVER);
        }
    }

    private final ClusterConfig config;
    private final KubernetesClient client;
    private final ConnectionSettings settings;

    private ClusterAccess(ClusterConfig config, KubernetesClient client, ConnectionSettings settings) {
        this.config = config;
        this.client = client;
        this.settings = settings;
    }

    /**
     * Finds a cluster: by the kubeconfig, or by the service account of the pod in which this JVM runs. Does not connect
     * to it.
     *
     * @param context the context in the kubeconfig; null for its current one
     * @param namespace null for the context's
     * @throws EngineException with {@link Fault#UNAVAILABLE} if there is no valid configuration; the message names what
     *     was found and what to do
     */
    static ClusterAccess find(@Nullable String context, @Nullable String namespace) throws EngineException {
        return of(ClusterConfig.find(Surroundings.ofThisJvm(), context), namespace);
    }

    static ClusterAccess of(ClusterConfig found, @Nullable String namespace) throws EngineException {
        Config config = found.config();
        if (namespace != null) {
            config.setNamespace(namespace);
        }
        ConnectionSettings[] settings = new ConnectionSettings[1];
        try {
            KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(new Transport())
                    .withHttpClientBuilderConsumer(builder -> {
                        StandardHttpClientBuilder<?, ?, ?> standard = (StandardHttpClientBuilder<?, ?, ?>) builder;
                        checkCertificates(standard, found.plugin());
                        settings[0] = new ConnectionSettings(found, standard);
                    })
                    .build();
            return new ClusterAccess(found, client, settings[0]);
        } catch (KubernetesClientException e) {
            throw unavailable(
                    "The configuration of " + found.description() + " cannot be used: " + ApiFailure.root(e)
                            + ". Check its certificates and its key, or the files that it names.",
                    e);
        }
    }

    private static void checkCertificates(
            StandardHttpClientBuilder<?, ?, ?> builder, @Nullable ExecPlugin plugin) {
        if (plugin != null) {
            builder.addOrReplaceInterceptor("certificate", new Interceptor() {
                @Override
                public void before(BasicBuilder headers, HttpRequest request, RequestTags tags) {
                    plugin.checkCertificate();
                }
            });
        }
    }

    KubernetesClient client() {
        return client;
    }

    /** Returns the namespace that was asked for, or the context's, or {@code default}. */
    String namespace() {
        String namespace = client.getConfiguration().getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    /** Returns the address of the API. */
    URI server() {
        return settings.server();
    }

    /** Names the cluster, for messages: by its context or by the service account. */
    String description() {
        return config.description();
    }

    ConnectionSettings connectionSettings() {
        return settings;
    }

    /** Closes the client. */
    @Override
    public void close() {
        client.close();
    }
}
