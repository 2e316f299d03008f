package org.junitsandbox.internal.engine.docker;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.Units;
import org.testcontainers.dockerclient.TransportConfig;

/** Finds out whether an engine answers at an address, and if not, why. */
final class EngineProbe {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    /** The remedy for an engine that does not run. */
    static final String START = "Start the engine.";

    private static final String CHECK = "Check that an engine listens there.";

    private static final String CERTIFICATES =
            "DOCKER_CERT_PATH is to be the folder of the ca.pem, cert.pem and key.pem that belong to the engine.";

    /** The status of an answer, and its body. */
    private static final Pattern HTTP = Pattern.compile("(?s)HTTP/1\\.\\d (\\d+).*?(?:\r\n\r\n(.*))?");

    private static final Pattern API_VERSION = Pattern.compile("(?im)^Api-Version: *(\\d+\\.\\d+)");

    private final TransportConfig transport;
    private final URI address;

    EngineProbe(TransportConfig transport) {
        this.transport = transport;
        this.address = transport.getDockerHost();
    }

    /** An engine that has answered. */
    record Answer(TransportConfig transport, DockerClients.Connection connection) {}

    /** Connects and asks the engine what it is. */
    Answer answer() throws UnreachableException {
        // The JDK cannot connect to a named pipe of Windows.
        String newest = "npipe".equals(address.getScheme()) ? null : ping();
        DockerClients.Connection connection = bounded(() -> DockerClients.connect(transport, newest));
        if (connection.facts().isWindows()) {
            throw new UnreachableException(
                    "its containers are those of Windows",
                    "Switch the engine to Linux containers: a sandbox is one.",
                    null);
        }
        return new Answer(transport, connection);
    }

    /** Returns the newest version of the API that the engine knows; null if it does not report it. */
    private @Nullable String ping() throws UnreachableException {
        if ("unix".equals(address.getScheme()) && !Files.exists(Path.of(address.getPath()))) {
            throw new UnreachableException("there is no such file", START, null);
        }
        String answer = bounded(() -> EnginePing.answer(transport));
        Matcher http = HTTP.matcher(answer);
        if (!http.matches()) {
            throw new UnreachableException(
                    "what listens there is no engine; it answers " + (answer.isEmpty() ? "nothing" : excerpt(answer)),
                    CHECK,
                    null);
        }
        String body = http.group(2) == null ? "" : http.group(2);
        if (body.contains("HTTP request to an HTTPS server")) {
            throw new UnreachableException(
                    "it speaks TLS only", "Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH. " + CERTIFICATES, null);
        }
        if (!http.group(1).equals("200")) {
            throw new UnreachableException(
                    "it refuses to answer: status " + http.group(1) + ", " + excerpt(body), CHECK, null);
        }
        Matcher newest = API_VERSION.matcher(answer);
        return newest.find() ? newest.group(1) : null;
    }

    private static String excerpt(String text) {
        return Printable.of(text.strip().lines().findFirst().orElse(""));
    }

    private <T> T bounded(Callable<T> call) throws UnreachableException {
        try {
            return BoundedCall.once("answer", ANSWER_TIMEOUT, call);
        } catch (EngineException e) {
            Throwable cause = e.getCause() instanceof ExecutionException inner ? inner.getCause() : e.getCause();
            throw explained(cause == null ? e : cause);
        }
    }

    private UnreachableException explained(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return new UnreachableException("there is no host of that name", "Check the name.", failure);
        }
        if (failure instanceof ConnectException) {
            return new UnreachableException("nothing listens there (" + failure.getMessage() + ")", START, failure);
        }
        if (failure instanceof SocketTimeoutException) {
            return new UnreachableException(
                    "no connection within " + Units.describe(EnginePing.CONNECT_TIMEOUT),
                    "Check the address and the network.",
                    failure);
        }
        if (failure instanceof TimeoutException) {
            return new UnreachableException(
                    "it accepts connections, but gives no answer within " + Units.describe(ANSWER_TIMEOUT),
                    "Restart the engine.",
                    failure);
        }
        if (failure instanceof SSLException) {
            return brokenTls(failure);
        }
        if (failure instanceof IOException && "unix".equals(address.getScheme())) {
            Path socket = Path.of(address.getPath());
            return Files.isWritable(socket) ? failed(failure) : forbidden(socket, failure);
        }
        return failed(failure);
    }

    private static UnreachableException forbidden(Path socket, Throwable cause) {
        String user = System.getProperty("user.name");
        String group = "docker";
        try {
            group = String.valueOf(Files.getAttribute(socket, "posix:group"));
        } catch (IOException | UnsupportedOperationException e) {
            cause.addSuppressed(e);
        }
        return new UnreachableException(
                "user " + user + " may not use that socket, which is open to its owner and to group " + group,
                "Put the user into the group, then log in again: sudo usermod --append --groups " + group + " " + user,
                cause);
    }

    private static UnreachableException brokenTls(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.contains("Unsupported or unrecognized SSL message")) {
            return new UnreachableException(
                    "it does not speak TLS", "Remove DOCKER_TLS_VERIFY, or name the engine's port for TLS.", failure);
        }
        return new UnreachableException("TLS fails: " + text, CERTIFICATES, failure);
    }

    private static UnreachableException failed(@Nullable Throwable failure) {
        return new UnreachableException("no engine answers there: " + failure, CHECK, failure);
    }
}
