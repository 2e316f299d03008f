package org.junitsandbox.harness;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;

/**
 * Whether containers of the tests' engine can be in the engine's own network, where what a sandbox has not can be seen.
 */
public final class HostNetwork {

    private HostNetwork() {}

    public static void assumeThatItCanBeShared() throws IOException {
        assumeFalse(
                SuiteTable.engine().contains("userns"),
                "with user namespaces, the engine shares its own network with nobody");
    }
}
