package org.junitsandbox.harness;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** Skips tests that need something of the engine's own network. */
public final class HostNetwork {

    private HostNetwork() {}

    /** For images with packages that are fetched: an engine beside the main one has a network without a way out. */
    public static void assumeThatItLeadsOut() {
        assumeTrue(
                System.getProperty("sandbox.test.instance") == null,
                "an engine in namespaces of its own cannot fetch packages");
    }

    /** To show what a sandbox without the engine's network cannot reach. */
    public static void assumeThatItCanBeShared() throws IOException {
        assumeFalse(
                SuiteTable.engine().contains("userns"),
                "an engine with user namespaces does not share its own network with containers");
    }
}
