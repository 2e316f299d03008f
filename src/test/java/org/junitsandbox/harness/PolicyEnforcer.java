package org.junitsandbox.harness;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Drops packets to the cluster's node from pods, as a network plugin does that enforces policies: some time after a pod
 * has its address. Closing lets all pass again.
 */
public final class PolicyEnforcer implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 100;

    private final Set<String> dropped = new LinkedHashSet<>();
    private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
    private volatile boolean isClosed;

    /** Drops what pods with certain labels send, from now on. */
    public void deny(String namespace, String selector) {
        end = CompletableFuture.runAsync(() -> enforce(namespace, selector));
    }

    /** Drops what any pod sends. */
    public void denyAll() {
        drop("10.199.1.0/24");
    }

    private void enforce(String namespace, String selector) {
        try {
            while (!isClosed) {
                String addresses = Cluster.kubectl(
                        "get", "pods", "--namespace", namespace, "--selector", selector, "--output",
                        "jsonpath={.items[*].status.podIP}");
                for (String address : addresses.split(" ", -1)) {
                    if (!address.isEmpty() && !dropped.contains(address)) {
                        drop(address);
                    }
                }
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drop(String source) {
        rule("--insert", source);
        dropped.add(source);
    }

    /** The node itself has the API server's address: what pods send there is its input. */
    private static void rule(String change, String source) {
        Cluster.script(
                "run", "iptables", change, "INPUT", "--in-interface", "pods", "--source", source, "--jump", "DROP");
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            end.join();
        } finally {
            dropped.forEach(source -> rule("--delete", source));
        }
    }
}
