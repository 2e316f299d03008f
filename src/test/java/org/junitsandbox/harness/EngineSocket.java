package org.junitsandbox.harness;

import java.net.URI;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;

/** The Unix socket of the engine that the library finds. */
public final class EngineSocket {

    private EngineSocket() {}

    /** Returns the socket's path. Skips the test if the engine has another kind of address. */
    public static String path() {
        URI address = DockerClientFactory.instance().getTransportConfig().getDockerHost();
        if (!address.getScheme().equals("unix")) {
            throw new TestAbortedException(
                    "needs an engine at a Unix socket, to put a proxy in front of it; this engine's address begins"
                            + " with " + address.getScheme() + "://");
        }
        return address.getPath();
    }
}
