package org.junitsandbox.harness;

import java.net.URI;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;

/** Where the engine of the tests can be reached past the library. */
public final class EngineSocket {

    private EngineSocket() {}

    /** The path to its Unix socket. A test that needs it is skipped with an engine that has none. */
    public static String path() {
        URI address = DockerClientFactory.instance().getTransportConfig().getDockerHost();
        if (!address.getScheme().equals("unix")) {
            throw new TestAbortedException(
                    "Needs an engine at a Unix socket, to stand between it and the library; this one is at "
                            + address.getScheme() + "://");
        }
        return address.getPath();
    }
}
