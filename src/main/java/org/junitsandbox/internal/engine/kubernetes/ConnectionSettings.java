package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.http.HttpClient.ProxyType;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.Interceptor.RequestTags;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.TlsVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** What the client's own connections are made with, for a connection that is not the client's. */
final class ConnectionSettings {

    private final ClusterConfig cluster;
    private final StandardHttpClientBuilder<?, ?, ?> client;

    ConnectionSettings(ClusterConfig cluster, StandardHttpClientBuilder<?, ?, ?> client) {
        this.cluster = cluster;
        this.client = client;
    }

    URI server() {
        return URI.create(cluster.config().getMasterUrl());
    }

    boolean usesTls() {
        return "https".equalsIgnoreCase(server().getScheme());
    }

    /** Returns one end of a new TLS connection to the server. */
    SSLEngine newTlsEngine() {
        // Its host is what the certificate is checked against, and what the server gets to know as its name.
        SSLEngine engine = client.getSslContext().createSSLEngine(host(), port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (!cluster.config().isDisableHostnameVerification()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        TlsVersion[] versions = client.getTlsVersions();
        if (versions != null) {
            parameters.setProtocols(
                    Arrays.stream(versions).map(TlsVersion::javaName).toArray(String[]::new));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    String host() {
        String host = server().getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        int port = server().getPort();
        return port >= 0 ? port : usesTls() ? 443 : 80;
    }

    /** Returns the HTTP proxy on the way to the server; null if the way is direct. */
    @Nullable InetSocketAddress proxy() throws IOException {
        InetSocketAddress proxy = client.getProxyAddress();
        if (proxy != null && client.getProxyType() != ProxyType.HTTP) {
            throw new IOException("the proxy " + proxy + " speaks " + client.getProxyType()
                    + ", and the streams of a pod can go through an HTTP proxy only");
        }
        return proxy;
    }

    @Nullable String proxyAuthorization() {
        return client.getProxyAuthorization();
    }

    /** Returns the headers of a request to the server: the user's current credentials, above all. */
    Map<String, List<String>> headers(URI uri) throws IOException {
        StandardHttpRequest.Builder request = new StandardHttpRequest.Builder().uri(uri);
        RequestTags tags = new RequestTags() {
            @Override
            public <T> @Nullable T getTag(Class<T> type) {
                return type == RequestConfig.class ? type.cast(cluster.config().getRequestConfig()) : null;
            }
        };
        try {
            for (Interceptor interceptor : List.copyOf(client.getInterceptors().values())) {
                interceptor.before(request, request.build(), tags);
            }
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
        return request.build().headers();
    }

    /** Has the credentials renewed, as the server has refused them. */
    void forgetCredentials() {
        ExecPlugin plugin = cluster.plugin();
        if (plugin != null) {
            plugin.forget();
        }
    }
}
