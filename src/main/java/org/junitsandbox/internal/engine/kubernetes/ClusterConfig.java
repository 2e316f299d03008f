package org.junitsandbox.internal.engine.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junitsandbox.internal.engine.EngineException.unavailable;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.kubernetes.ExecPlugin.Credentials;
import org.junitsandbox.internal.engine.kubernetes.Kubeconfig.Defined;
import org.junitsandbox.internal.engine.kubernetes.Kubeconfig.Selection;
import org.junitsandbox.internal.text.Printable;

/**
 * The configuration of a cluster, from a kubeconfig or a service account.
 *
 * @param config the client's form of it
 * @param description names it, for messages
 * @param plugin prints the user's credentials; null if they are in files
 */
record ClusterConfig(Config config, String description, @Nullable ExecPlugin plugin) {

    /** A call that fails is repeated after 0.1, 0.2 and 0.4 s. */
    private static final int MAX_RETRIES = 3;

    private static final Pattern SERVER = Pattern.compile("(?i)https?://[^/\\s]+(/\\S*)?");

    static ClusterConfig find(Surroundings place, @Nullable String context) throws EngineException {
        List<Path> chosen = place.chosen();
        List<Path> files = (chosen == null ? List.of(place.usual()) : chosen)
                .stream().filter(Files::exists).toList();
        if (!files.isEmpty()) {
            return of(Kubeconfig.read(files).select(context), files);
        }
        if (chosen != null) {
            throw unavailable(
                    "KUBECONFIG names " + chosen + ", and there is no such file. Correct the environment variable, or"
                            + " remove it to use " + place.usual() + " or the service account of a pod.",
                    null);
        }
        Path token = place.serviceAccount().resolve("token");
        if (place.apiHost() == null || !Files.exists(token)) {
            throw unavailable(
                    "There is no configuration of a Kubernetes cluster: KUBECONFIG is not set, there is no "
                            + place.usual() + ", and this process is not in a pod with a service account (there is no "
                            + token + "). Set the environment variable KUBECONFIG to a file with which kubectl works.",
                    null);
        }
        if (context != null) {
            throw unavailable(
                    "sandbox.kubernetes.context is \"" + context + "\", and there is no kubeconfig, only the service"
                            + " account of this pod, which has no contexts. Remove the parameter or set KUBECONFIG.",
                    null);
        }
        return ofServiceAccount(place, token);
    }

    private static ClusterConfig ofServiceAccount(Surroundings place, Path token) throws EngineException {
        Config config = Config.empty();
        String host = String.valueOf(place.apiHost());
        config.setMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + place.apiPort());
        config.setCaCertFile(place.serviceAccount().resolve("ca.crt").toString());
        config.setOauthTokenProvider(tokenFile(token));
        Path namespace = place.serviceAccount().resolve("namespace");
        try {
            config.setNamespace(Files.readString(namespace).strip());
        } catch (IOException e) {
            throw unavailable("The service account of this pod has no readable " + namespace + ": " + e, e);
        }
        return complete(config, "the service account of this pod", null);
    }

    private static ClusterConfig of(Selection selection, List<Path> files) throws EngineException {
        String description = "the context \"" + selection.context() + "\" of " + files;
        Config config = Config.empty();
        config.setNamespace(selection.namespace());
        Cluster cluster = selection.cluster().value();
        if (cluster.getServer() == null || cluster.getServer().isEmpty()) {
            throw unavailable("The cluster of " + description + " has no server. Add its address.", null);
        }
        if (cluster.getTlsServerName() != null && !cluster.getTlsServerName().isEmpty()) {
            throw unavailable(
                    "The cluster of " + description + " has the tls-server-name "
                            + Printable.joinLines(cluster.getTlsServerName()) + ", for which Java's HTTP client has no"
                            + " setting. Use a server address that its certificate names.",
                    null);
        }
        config.setMasterUrl(address(cluster.getServer(), description));
        config.setTrustCerts(Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify()));
        config.setDisableHostnameVerification(Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify()));
        config.setCaCertFile(selection.cluster().path(cluster.getCertificateAuthority()));
        config.setCaCertData(cluster.getCertificateAuthorityData());
        config.setHttpsProxy(cluster.getProxyUrl());
        config.setHttpProxy(cluster.getProxyUrl());
        Defined<AuthInfo> user = selection.user();
        ExecPlugin plugin = user == null ? null : addUser(config, user, selection.cluster(), description);
        return complete(config, description, plugin);
    }

    /** The client would try an address without a scheme in clear text, too, and send the token there. */
    private static String address(String server, String description) throws EngineException {
        String address = server.contains("://") ? server : "https://" + server;
        if (!SERVER.matcher(address).matches()) {
            throw unavailable(
                    "The cluster of " + description + " has the server " + Printable.joinLines(server)
                            + ", which is no address of a server of HTTP. Write it like https://host:6443.",
                    null);
        }
        return address;
    }

    private static @Nullable ExecPlugin addUser(
            Config config, Defined<AuthInfo> defined, Defined<Cluster> cluster, String description)
            throws EngineException {
        AuthInfo user = defined.value();
        config.setClientCertFile(defined.path(user.getClientCertificate()));
        config.setClientCertData(user.getClientCertificateData());
        config.setClientKeyFile(defined.path(user.getClientKey()));
        config.setClientKeyData(user.getClientKeyData());
        config.setUsername(user.getUsername());
        config.setPassword(user.getPassword());
        config.setAutoOAuthToken(user.getToken());
        requireKnownImpersonation(user, description);
        if (user.getAs() != null) {
            config.setImpersonateUsername(user.getAs());
            config.setImpersonateGroups(user.getAsGroups() == null ? null : user.getAsGroups().toArray(new String[0]));
            config.setImpersonateExtras(user.getAsUserExtra());
        }
        String token = defined.path(user.getTokenFile());
        if (token != null) {
            config.setOauthTokenProvider(tokenFile(Path.of(token)));
        }
        if (user.getAuthProvider() != null) {
            throw unavailable(
                    "The user of " + description + " has an auth-provider, which kubectl knows no longer either."
                            + " Replace it by a credential plugin (exec).",
                    null);
        }
        ExecConfig exec = user.getExec();
        return exec == null ? null : addPlugin(config, new ExecPlugin(exec, defined.folder(), cluster));
    }

    /** What cannot be passed on would leave the user with other rights than the kubeconfig gives. */
    private static void requireKnownImpersonation(AuthInfo user, String description) throws EngineException {
        if (user.getAsUid() != null && !user.getAsUid().isEmpty()) {
            throw unavailable(
                    "The user of " + description + " has as-uid, which the client cannot pass on. Remove it.", null);
        }
        boolean more = (user.getAsGroups() != null && !user.getAsGroups().isEmpty())
                || (user.getAsUserExtra() != null && !user.getAsUserExtra().isEmpty());
        if (more && (user.getAs() == null || user.getAs().isEmpty())) {
            throw unavailable(
                    "The user of " + description + " has as-groups or as-user-extra without as, the name of the user"
                            + " that they belong to. Add it, or remove them.",
                    null);
        }
    }

    /** Runs the plugin once: one that fails is an error at once, and a certificate is needed before the first call. */
    private static ExecPlugin addPlugin(Config config, ExecPlugin plugin) throws EngineException {
        try {
            Credentials credentials = plugin.credentials();
            if (credentials.token() != null) {
                config.setOauthTokenProvider(plugin);
            }
            config.setClientCertData(base64(credentials.certificate()));
            config.setClientKeyData(base64(credentials.key()));
            return plugin;
        } catch (IllegalStateException e) {
            Fault fault = e.getCause() instanceof InterruptedException ? Fault.INTERRUPTED : Fault.UNAVAILABLE;
            throw new EngineException(fault, String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable String base64(@Nullable String pem) {
        return pem == null ? null : Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
    }

    /**
     * Takes proxies and time limits from the environment and from system properties, and nothing else: the server, the
     * user and how the server is trusted are the chosen context's, whose credentials nothing else may redirect.
     */
    private static ClusterConfig complete(Config config, String description, @Nullable ExecPlugin plugin) {
        Config environment = Config.empty();
        environment.setRequestRetryBackoffLimit(MAX_RETRIES);
        Config.configFromSysPropsOrEnvVars(environment);
        config.setConnectionTimeout(environment.getConnectionTimeout());
        config.setRequestTimeout(environment.getRequestTimeout());
        config.setRequestRetryBackoffLimit(environment.getRequestRetryBackoffLimit());
        config.setRequestRetryBackoffInterval(environment.getRequestRetryBackoffInterval());
        if (config.getHttpsProxy() == null) {
            config.setHttpsProxy(environment.getHttpsProxy());
            config.setHttpProxy(environment.getHttpProxy());
            config.setNoProxy(environment.getNoProxy());
            config.setProxyUsername(environment.getProxyUsername());
            config.setProxyPassword(environment.getProxyPassword());
        }
        return new ClusterConfig(config, description, plugin);
    }

    /** A token in a file, which the cluster or a program replaces from time to time: read for each call. */
    private static OAuthTokenProvider tokenFile(Path file) {
        return () -> {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new UncheckedIOException("The token of the cluster's user cannot be read: " + e, e);
            }
        };
    }
}
