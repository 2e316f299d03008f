package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** Failures of calls to a cluster's API in words: the cluster's own reason, and what to do. */
final class ApiFailure {

    private static final Pattern MISSING_RIGHT = Pattern.compile("cannot (\\S+) resource \"([^\"]+)\""
            + "(?: in API group \"[^\"]*\")?(?: in the namespace \"([^\"]+)\")?");

    private static final Pattern MISSING_NAMESPACE = Pattern.compile("namespaces \"([^\"]+)\" not found");

    private static final String EXCEEDED_QUOTA = "exceeded quota";

    /** The status of a server that asks for fewer requests. */
    static final int TOO_MANY_REQUESTS = 429;

    /** The statuses of a server that is not ready, or of what stands before it. */
    private static final Set<Integer> NOT_READY = Set.of(
            HttpURLConnection.HTTP_BAD_GATEWAY,
            HttpURLConnection.HTTP_UNAVAILABLE,
            HttpURLConnection.HTTP_GATEWAY_TIMEOUT);

    private ApiFailure() {}

    /** Returns the reason of a failure, and what to do about it. */
    static String reason(Throwable failure) {
        if (!(failure instanceof KubernetesClientException e) || e.getCode() == 0) {
            return ofCredentials(failure).orElseGet(() -> "the API server does not answer: " + root(failure));
        }
        String message = message(e);
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                message + ". The cluster does not accept the credentials: check them with `kubectl auth can-i create"
                        + " pods`";
            case HttpURLConnection.HTTP_FORBIDDEN -> message + forbidden(message);
            case HttpURLConnection.HTTP_NOT_FOUND -> message + notFound(message);
            case TOO_MANY_REQUESTS ->
                message + " (status 429). The API server gets more requests than it accepts: run fewer tests at once";
            default -> NOT_READY.contains(e.getCode())
                    ? message + " (status " + e.getCode() + "). The API server, or a proxy or load balancer before it,"
                            + " does not serve the call: `kubectl get --raw /readyz` shows whether the server is ready"
                    : message;
        };
    }

    /** Returns why there are no credentials to ask the server with: a plugin's failure is in its own words. */
    private static Optional<String> ofCredentials(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(IllegalStateException.class::isInstance)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .map(String::valueOf)
                .findFirst();
    }

    /** Whether the cluster has refused a call, which has had no effect then. */
    static boolean isRefusal(EngineException failure) {
        return failure.getCause() instanceof KubernetesClientException e
                && e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST
                && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    /** Whether a call failed for what may pass in some seconds: too many requests, or a server that is not ready. */
    static boolean mayPass(EngineException failure) {
        return failure.getCause() instanceof KubernetesClientException e
                && (e.getCode() == TOO_MANY_REQUESTS || NOT_READY.contains(e.getCode()));
    }

    /** Whether the cluster has refused a call because of a quota. */
    static boolean isOfQuota(EngineException failure) {
        return isRefusal(failure)
                && failure.getCause() instanceof KubernetesClientException e
                && message(e).contains(EXCEEDED_QUOTA);
    }

    /**
     * Returns the failure of a Job to make its pod.
     *
     * @param message the cluster's own
     */
    static EngineException ofJob(String job, String message) {
        return new EngineException(
                message.contains(EXCEEDED_QUOTA) ? Fault.NO_ROOM : Fault.ENGINE,
                "The cluster could not make the pod of job " + job + ": " + message + forbidden(message),
                null);
    }

    /** Whether an object was not created as there is one of that name. */
    static boolean isOfExisting(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT && message(e).contains("already exists");
    }

    /** Returns the cluster's own message. */
    static String message(KubernetesClientException e) {
        String text = e.getStatus() == null ? null : e.getStatus().getMessage();
        return (text == null || text.isBlank() ? root(e) : text).strip();
    }

    private static String forbidden(String message) {
        Matcher right = MISSING_RIGHT.matcher(message);
        if (right.find()) {
            return ". It needs the right to `" + right.group(1) + "` the resource `" + right.group(2) + "`"
                    + (right.group(3) == null ? "" : " in namespace " + right.group(3))
                    + ": add it to its Role, or set sandbox.kubernetes.namespace or sandbox.kubernetes.context to where"
                    + " it has it";
        }
        if (message.contains(EXCEEDED_QUOTA)) {
            return ". Lower sandbox.pool.max, so that fewer pods live at once, lower the limits of the sandboxes, or"
                    + " raise the quota of the namespace";
        }
        return "";
    }

    private static String notFound(String message) {
        Matcher namespace = MISSING_NAMESPACE.matcher(message);
        return namespace.find()
                ? ". Set sandbox.kubernetes.namespace to one that is there, or create it: kubectl create namespace "
                        + namespace.group(1)
                : "";
    }

    /** Returns the message of the first cause, which has the facts. */
    static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
            // The JDK's client gives it no message, and a cause that does not show what has happened.
            if (root instanceof ConnectException && root.getMessage() == null) {
                return "its API server takes no connection";
            }
        }
        String message = root.getMessage();
        return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
    }
}
