package org.junitsandbox.harness;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;

/** Skips tests that need a container in the engine's own network, to show what a sandbox without it cannot reach. */
public final class HostNetwork {

    private HostNetwork() {}

    public static void assumeThatItCanBeShared() throws IOException {
        assumeFalse(
                SuiteTable.engine().contains("userns"),
                "an engine with user namespaces does not share its own network with containers");
    }
}
