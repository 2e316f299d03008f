package org.junitsandbox.harness;

import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A namespace of the cluster for one test class, which is skipped where no cluster is used. */
public final class ClusterNamespace implements BeforeAllCallback, AfterAllCallback {

    private final String name;

    /**
     * @param prefix what its name begins with
     */
    public ClusterNamespace(String prefix) {
        name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    public String name() {
        return name;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Cluster.assumeUsed();
        Cluster.kubectl("create", "namespace", name);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (Cluster.isUsed()) {
            Cluster.kubectl("delete", "namespace", name, "--wait=false");
        }
    }
}
