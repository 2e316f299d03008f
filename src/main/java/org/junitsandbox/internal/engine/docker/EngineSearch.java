package org.junitsandbox.internal.engine.docker;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Finds the engine that the user names, or one that listens in a usual place.
 *
 * <p>Testcontainers' own search is not used: it goes on to other engines if the one that is named does not answer, and
 * logs what it tries.
 */
final class EngineSearch {

    private static final String START = "Start Docker or Podman. If an engine listens elsewhere, name its address, for"
            + " example DOCKER_HOST=unix:///run/user/1000/docker.sock.";

    private EngineSearch() {}

    /**
     * Returns the engine.
     *
     * @param operatingSystem the name that the Java platform has for it
     * @throws UnreachableException if none answers; it names all that was tried
     */
    static ContainerEngine engine(EngineSettings settings, String operatingSystem) throws UnreachableException {
        Optional<NamedEngine> named = settings.named();
        return named.isPresent() ? named(named.get()) : unnamed(new UsualSockets(settings, operatingSystem));
    }

    private static ContainerEngine named(NamedEngine engine) throws UnreachableException {
        try {
            return connect(engine.transport());
        } catch (UnreachableException e) {
            throw new UnreachableException(
                    engine.origin() + ": " + e.getMessage(),
                    e.remedy() + "\nNo other engine takes the place of one that is named. To use another one, "
                            + engine.correction() + ".",
                    e.getCause());
        }
    }

    private static ContainerEngine unnamed(UsualSockets sockets) throws UnreachableException {
        List<String> findings = new ArrayList<>();
        String remedy = sockets.podman()
                .map(podman -> "Podman has a socket: to use it, set DOCKER_HOST=" + podman)
                .orElse(START);
        for (URI address : sockets.addresses()) {
            try {
                return connect(TransportConfig.builder().dockerHost(address).build());
            } catch (UnreachableException e) {
                findings.add("\n  " + address + ": " + e.getMessage());
                remedy = e.remedy().equals(EngineProbe.START) ? remedy : e.remedy();
            }
        }
        throw new UnreachableException(
                "None is named, and none listens in a usual place" + (findings.isEmpty() ? "" : ":")
                        + String.join("", findings),
                remedy,
                null);
    }

    private static ContainerEngine connect(TransportConfig transport) throws UnreachableException {
        return DockerEngine.of(new EngineProbe(transport).answer(), DockerEngine.CALL_TIMEOUT);
    }
}
