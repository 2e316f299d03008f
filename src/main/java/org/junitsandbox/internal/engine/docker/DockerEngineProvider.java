package org.junitsandbox.internal.engine.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.EngineProvider;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Finds the engine that Testcontainers would find (DOCKER_HOST, ~/.testcontainers.properties, rootless, Desktop, …),
 * but starts no container for that and asks for no host address.
 */
public final class DockerEngineProvider implements EngineProvider {

    /** User and host, and the port if there is one. */
    private static final Pattern SSH_HOST = Pattern.compile("ssh://([^/:]+)(?::(\\d+))?(?:/.*)?");

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public ContainerEngine engine() throws EngineException {
        return Found.RESULT.get();
    }

    /** Looked for once in a process: Testcontainers does not look again either. */
    private static final class Found {
        static final Result RESULT = find();
    }

    /** An engine, or the reason why there is none. */
    private interface Result {
        ContainerEngine get() throws EngineException;
    }

    private static Result find() {
        String host = System.getenv("DOCKER_HOST");
        if (host != null && host.startsWith("ssh://")) {
            // Testcontainers would skip it and take whatever other engine it finds.
            String message = behindSsh(host);
            return () -> {
                throw new EngineException(Fault.UNAVAILABLE, message, null);
            };
        }
        try {
            DockerClientFactory factory = DockerClientFactory.instance();
            ContainerEngine engine =
                    DockerEngine.connect(factory.getTransportConfig(), factory.getInfo(), DockerEngine.CALL_TIMEOUT);
            return () -> engine;
        } catch (RuntimeException | EngineException e) {
            String message = "No container engine answers. " + tried()
                    + "\nStart Docker or Podman, or point DOCKER_HOST at a running engine, for example"
                    + " DOCKER_HOST=unix:///run/user/1000/docker.sock. The engine is looked for once in a JVM.";
            return () -> {
                throw new EngineException(Fault.UNAVAILABLE, message, e);
            };
        }
    }

    private static String behindSsh(String host) {
        Matcher parts = SSH_HOST.matcher(host);
        String target = parts.matches() ? parts.group(1) : "USER@HOST";
        String port = parts.matches() && parts.group(2) != null ? "-p " + parts.group(2) + " " : "";
        return "DOCKER_HOST is " + host
                + ", and the library does not speak SSH. Forward the engine's socket with ssh, and point"
                + " DOCKER_HOST at the forwarded one:\n"
                + "  ssh -N " + port + "-L /tmp/engine.sock:/var/run/docker.sock " + target + "\n"
                + "  DOCKER_HOST=unix:///tmp/engine.sock";
    }

    private static String tried() {
        List<String> tried = new ArrayList<>();
        for (DockerClientProviderStrategy strategy : ServiceLoader.load(DockerClientProviderStrategy.class)) {
            tried.add("\n  " + name(strategy) + ": " + address(strategy));
        }
        String host = System.getenv("DOCKER_HOST");
        return "DOCKER_HOST is " + (host == null ? "not set" : host) + ". Tried:" + String.join("", tried);
    }

    /** Some strategies have no description before they have found their settings, or without a native library. */
    private static String name(DockerClientProviderStrategy strategy) {
        try {
            return strategy.getDescription();
        } catch (RuntimeException | LinkageError e) {
            return strategy.getClass().getSimpleName();
        }
    }

    private static String address(DockerClientProviderStrategy strategy) {
        try {
            TransportConfig transport = strategy.getTransportConfig();
            return transport == null ? "not for this machine" : transport.getDockerHost() + " does not answer";
        } catch (RuntimeException | LinkageError e) {
            return "not for this machine (" + e.getMessage() + ")";
        }
    }
}
