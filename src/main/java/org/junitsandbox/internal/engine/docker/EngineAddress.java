package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.SSLConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * An engine that is named by its address.
 *
 * @param namedBy what names it, for messages: "DOCKER_HOST"
 * @param address the address as it was found
 * @param certificates the folder of the files for TLS; null for no TLS
 * @param correction see {@link NamedEngine#correction}
 */
record EngineAddress(String namedBy, String address, @Nullable Path certificates, String correction)
        implements NamedEngine {

    /** User and host, and the port if there is one. */
    private static final Pattern SSH_HOST = Pattern.compile("ssh://([^/:]+)(?::(\\d+))?(?:/.*)?");

    /** Docker's ports where an address has none. */
    private static final int PORT = 2375;

    private static final int TLS_PORT = 2376;

    @Override
    public String origin() {
        return namedBy + " is " + address;
    }

    @Override
    public TransportConfig transport() throws UnreachableException {
        URI uri = uri();
        SSLConfig tls = certificates == null || isLocal(uri) ? null : ClientCertificates.in(certificates, correction);
        return TransportConfig.builder().dockerHost(uri).sslConfig(tls).build();
    }

    /** TLS is for the network only. */
    private static boolean isLocal(URI uri) {
        return "unix".equals(uri.getScheme()) || "npipe".equals(uri.getScheme());
    }

    private URI uri() throws UnreachableException {
        String text = address.strip();
        if (text.startsWith("ssh://")) {
            throw behindSsh(text);
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw malformed(e);
        }
        boolean valid =
                switch (String.valueOf(uri.getScheme())) {
                    case "unix" -> uri.getRawAuthority() == null && String.valueOf(uri.getPath()).startsWith("/");
                    case "npipe" -> true;
                    case "tcp", "http", "https" -> uri.getHost() != null;
                    default -> false;
                };
        if (!valid) {
            throw malformed(null);
        }
        return isLocal(uri) || uri.getPort() >= 0 ? uri : withPort(uri);
    }

    private URI withPort(URI uri) {
        return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + (certificates == null ? PORT : TLS_PORT));
    }

    private UnreachableException malformed(@Nullable Throwable cause) {
        return new UnreachableException(
                "that is not an engine's address",
                "An address reads like unix:///run/user/1000/docker.sock or tcp://127.0.0.1:2375: " + correction + ".",
                cause);
    }

    private static UnreachableException behindSsh(String text) {
        Matcher parts = SSH_HOST.matcher(text);
        String target = parts.matches() ? parts.group(1) : "USER@HOST";
        String port = parts.matches() && parts.group(2) != null ? "-p " + parts.group(2) + " " : "";
        return new UnreachableException(
                "the library does not speak SSH",
                "Forward the engine's socket with ssh, and point DOCKER_HOST at the forwarded one:\n"
                        + "  ssh -N " + port + "-L /tmp/engine.sock:/var/run/docker.sock " + target + "\n"
                        + "  DOCKER_HOST=unix:///tmp/engine.sock",
                null);
    }
}
