package org.junitsandbox.internal.engine.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.kubernetes.Kubeconfig.Defined;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.Tail;
import org.junitsandbox.internal.text.Units;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that a kubeconfig names, which prints the credentials of a user. It is run again when they have expired;
 * those without an expiry are kept for a minute.
 */
final class ExecPlugin implements OAuthTokenProvider {

    private static final Logger LOG = LoggerFactory.getLogger(ExecPlugin.class);

    private static final int MAX_OUTPUT_BYTES = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofMinutes(1);
    /** Credentials are renewed this long before they expire. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final ExecConfig config;
    private final Path folder;
    private final Defined<Cluster> cluster;
    private final Duration timeout;
    private @Nullable Credentials current;
    /** The end of the first certificate, with which all connections are made; null if it is not known. */
    private @Nullable Instant certificateEnd;

    /** What a plugin printed: a token, or a certificate and its key, as PEM. */
    record Credentials(
            @Nullable String token, @Nullable String certificate, @Nullable String key, Instant validUntil) {}

    ExecPlugin(ExecConfig config, Path folder, Defined<Cluster> cluster) {
        this(config, folder, cluster, TIMEOUT);
    }

    ExecPlugin(ExecConfig config, Path folder, Defined<Cluster> cluster, Duration timeout) {
        this.config = config;
        this.folder = folder;
        this.cluster = cluster;
        this.timeout = timeout;
    }

    @Override
    public @Nullable String getToken() {
        return credentials().token();
    }

    /** Has the next use run the plugin, as the cluster has refused what it printed last. */
    synchronized void forget() {
        current = null;
    }

    /**
     * Makes sure that the certificate which the connections are made with has not expired.
     *
     * @throws IllegalStateException if it has; the message is written for users
     */
    synchronized void checkCertificate() {
        if (certificateEnd != null && Instant.now().isAfter(certificateEnd)) {
            throw new IllegalStateException("The certificate that the credential plugin `" + config.getCommand()
                    + "` printed was valid until " + certificateEnd + ", and a JVM takes only the first one. Have it"
                    + " print a token, or certificates that are valid for longer than the tests run.");
        }
    }

    /**
     * Returns valid credentials.
     *
     * @throws IllegalStateException if the plugin fails; the message is written for users
     */
    synchronized Credentials credentials() {
        Credentials known = current;
        if (known == null || Instant.now().isAfter(known.validUntil().minus(MARGIN))) {
            known = parse(run());
            current = known;
        }
        return known;
    }

    private String run() {
        List<String> command = new ArrayList<>();
        command.add(program());
        command.addAll(config.getArgs() == null ? List.of() : config.getArgs());
        Path errors = null;
        try {
            errors = Files.createTempFile("sandbox-credentials", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            for (ExecEnvVar variable : config.getEnv() == null ? List.<ExecEnvVar>of() : config.getEnv()) {
                builder.environment().put(variable.getName(), variable.getValue());
            }
            builder.environment().put("KUBERNETES_EXEC_INFO", Serialization.asJson(request()));
            Process process = builder.start();
            process.getOutputStream().close();
            String output = output(process, errors);
            if (process.exitValue() != 0) {
                throw failed("ended with exit code " + process.exitValue() + printed(errors), null);
            }
            return output;
        } catch (IOException e) {
            throw failed("could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", e);
        } finally {
            delete(errors);
        }
    }

    /** Reads what a plugin prints, until it has ended. One that waits for a person must not hang the tests. */
    private String output(Process process, Path errors) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> {
            try {
                return process.getInputStream().readNBytes(MAX_OUTPUT_BYTES + 1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            byte[] bytes = output.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (bytes.length > MAX_OUTPUT_BYTES) {
                throw failed("printed more than " + Units.describe(MAX_OUTPUT_BYTES), null);
            }
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            return new String(bytes, UTF_8);
        } catch (TimeoutException e) {
            throw failed("did not end within " + Units.describe(timeout) + printed(errors), e);
        } catch (ExecutionException e) {
            throw failed("could not be read from: " + e.getCause(), e);
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    /** A relative path is relative to the file that names it; a name without a folder is looked up in PATH. */
    private String program() {
        String command = config.getCommand();
        return command.contains("/") ? folder.resolve(command).toString() : command;
    }

    /** What a plugin gets to know, in an environment variable. */
    private Map<String, Object> request() throws IOException {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("interactive", false);
        if (Boolean.TRUE.equals(config.getProvideClusterInfo())) {
            spec.put("cluster", ClusterInfo.of(cluster));
        }
        return Map.of("apiVersion", config.getApiVersion(), "kind", "ExecCredential", "spec", spec);
    }

    private Credentials parse(String output) {
        GenericKubernetesResource answer;
        Credentials result;
        boolean hasExpiry;
        try {
            answer = Serialization.unmarshal(output, GenericKubernetesResource.class);
            String expiry = answer.get("status", "expirationTimestamp");
            hasExpiry = expiry != null;
            result = new Credentials(
                    answer.get("status", "token"),
                    answer.get("status", "clientCertificateData"),
                    answer.get("status", "clientKeyData"),
                    expiry == null ? Instant.now().plus(KEPT).plus(MARGIN) : Instant.parse(expiry));
        } catch (RuntimeException e) {
            // Neither the output nor the reader's exception, which quotes it: it may hold a secret.
            LOG.debug("The output of {} is not an ExecCredential: {}", config.getCommand(), e.getClass());
            throw failed(
                    "printed " + Excerpt.count(output.length(), "character") + " that are not an ExecCredential", null);
        }
        if (!config.getApiVersion().equals(answer.getApiVersion())) {
            throw failed(
                    "printed credentials of apiVersion " + answer.getApiVersion() + " in place of "
                            + config.getApiVersion(),
                    null);
        }
        if (result.token() == null && (result.certificate() == null || result.key() == null)) {
            throw failed("printed neither a token nor a certificate with its key", null);
        }
        if (result.certificate() != null && certificateEnd == null && hasExpiry) {
            certificateEnd = result.validUntil();
        }
        return result;
    }

    private IllegalStateException failed(String what, @Nullable Throwable cause) {
        String hint = config.getInstallHint();
        return new IllegalStateException(
                "The credential plugin `" + config.getCommand() + "`, which the kubeconfig in " + folder + " names, "
                        + what + ". Run it in a shell to see why, and log in again if it asks for that."
                        + (hint == null || hint.isBlank() ? "" : " Its own hint: " + Printable.joinLines(hint)),
                cause);
    }

    private static String printed(Path errors) throws IOException {
        String text = Files.readString(errors, ISO_8859_1).strip();
        return text.isEmpty() ? "" : " and printed: " + Printable.joinLines(Tail.of(text).text());
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("{} could not be deleted", file, e);
        }
    }
}
