package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.OwnLabels;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** For tests of other packages: an engine that is not the one that the library would find. */
public final class OtherEngine {

    /** On every container that this JVM has made, on whatever engine. */
    public static final Map<String, String> OF_THIS_JVM = Map.of(OwnLabels.SESSION, OwnLabels.SESSION_ID);

    private OtherEngine() {}

    /** The engine seen past the library. */
    public static DockerClient client(URI address) {
        return DockerClientProviderStrategy.getClientForConfig(transport(address));
    }

    /**
     * The engine as the library sees it.
     *
     * @param callTimeout how long it may take to make, start or remove a container
     */
    public static ContainerEngine connect(URI address, Duration callTimeout) throws EngineException {
        return connect(transport(address), callTimeout);
    }

    static ContainerEngine connect(TransportConfig transport, Duration callTimeout) throws EngineException {
        try {
            return DockerEngine.of(new EngineProbe(transport).answer(), callTimeout);
        } catch (UnreachableException e) {
            throw new EngineException(EngineException.Fault.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static TransportConfig transport(URI address) {
        return TransportConfig.builder().dockerHost(address).build();
    }
}
