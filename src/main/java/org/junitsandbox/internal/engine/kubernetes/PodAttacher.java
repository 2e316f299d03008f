package org.junitsandbox.internal.engine.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.stream.ByteConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attaches to the streams of pods. Safe for use by several threads. */
final class PodAttacher {

    private static final Logger LOG = LoggerFactory.getLogger(PodAttacher.class);

    /** Finds out whether a pod to which nothing can be attached yet may still start. */
    @FunctionalInterface
    interface StartWatch {

        /**
         * Called after each attempt in vain, many times in a second; returns whether the cluster reports that the
         * container runs.
         *
         * @throws EngineException if the pod will not start, or has not started in time
         */
        boolean runs() throws EngineException;
    }

    /** The container is attached to as soon as it runs: a node reports that up to a second later. */
    private static final long RETRY_MILLIS = 20;

    private static final long MAX_RETRY_MILLIS = 500;

    /** The pauses grow with the wait, and make it longer by this part at most. */
    private static final int PAUSE_PART = 20;

    /** A node may report that a container runs before it lets anybody attach, and may be about to restart. */
    private static final Duration RUNNING_PATIENCE = Duration.ofSeconds(5);

    /** A machine that starts several sandboxes at once has been seen to take more than 10 s for a TLS handshake. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private final ClusterAccess access;

    PodAttacher(ClusterAccess access) {
        this.access = access;
    }

    /**
     * Attaches to a container as soon as it runs.
     *
     * @throws EngineException if it does not come to run, or the cluster refuses, or the thread is interrupted
     */
    PodAttachment attach(String namespace, String pod, String container, StartWatch watch) throws EngineException {
        URI uri = uri(namespace, pod, container);
        boolean renewed = false;
        long start = System.nanoTime();
        long lastNotRunning = start;
        while (true) {
            try {
                PodAttachment attachment = connect(uri);
                KeepAlive.add(attachment);
                return attachment;
            } catch (RefusedException e) {
                if (e.status() == 401 && !renewed) {
                    renewed = true;
                    access.connectionSettings().forgetCredentials();
                } else if (e.status() == 401 || e.status() == 403) {
                    throw refused(namespace, pod, e);
                } else {
                    LOG.trace("Pod {} does not run yet", pod, e);
                    long now = System.nanoTime();
                    if (!watch.runs()) {
                        lastNotRunning = now;
                    } else if (now - lastNotRunning > RUNNING_PATIENCE.toNanos()) {
                        throw refused(namespace, pod, e);
                    }
                    Pause.of(
                            e.status() == ApiFailure.TOO_MANY_REQUESTS ? Pause.RELIEF_MILLIS : retryMillis(now - start),
                            "waiting for pod " + pod + " to run");
                }
            } catch (IOException e) {
                throw failed(pod, e);
            }
        }
    }

    private static long retryMillis(long waitedNanos) {
        return Math.min(
                MAX_RETRY_MILLIS, Math.max(RETRY_MILLIS, TimeUnit.NANOSECONDS.toMillis(waitedNanos) / PAUSE_PART));
    }

    private PodAttachment connect(URI uri) throws IOException {
        long deadline = System.nanoTime() + CONNECT_TIMEOUT.toNanos();
        ConnectionSettings settings = access.connectionSettings();
        ByteConnection connection = ApiConnection.open(settings, deadline);
        try {
            return new PodAttachment(
                    connection, WebSocketHandshake.perform(connection, uri, settings.headers(uri), deadline));
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private URI uri(String namespace, String pod, String container) {
        String base = access.server().toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "api/v1/namespaces/" + encode(namespace)
                + "/pods/" + encode(pod) + "/attach?container=" + encode(container)
                + "&stdin=true&stdout=true&stderr=true");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private EngineException refused(String namespace, String pod, RefusedException e) {
        String what = switch (e.status()) {
            case 401 -> "Renew the credentials of " + access.description() + ".";
            case 403 -> "To attach to pods, the user of " + access.description() + " needs the verbs get and create of"
                    + " pods/attach in namespace " + namespace + ".";
            default -> "Its container runs. Each proxy and load balancer before the API server " + access.server()
                    + " must let WebSockets pass (the header Upgrade), and the API server must reach the node.";
        };
        return new EngineException(
                Fault.ENGINE,
                "The cluster does not attach to pod " + pod + " (status " + e.status() + "): " + e.getMessage() + ". "
                        + what,
                e);
    }

    private EngineException failed(String pod, IOException e) {
        return Thread.currentThread().isInterrupted()
                ? new EngineException(Fault.INTERRUPTED, "Interrupted while waiting for pod " + pod + " to run", e)
                : new EngineException(
                        Fault.ENGINE,
                        "The streams of pod " + pod + " could not be opened at " + access.server() + ": "
                                + e.getMessage(),
                        e);
    }
}
