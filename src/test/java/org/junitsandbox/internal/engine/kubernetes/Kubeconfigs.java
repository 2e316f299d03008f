package org.junitsandbox.internal.engine.kubernetes;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;

/** Kubeconfigs for tests, and the configurations found by them. */
final class Kubeconfigs {

    static final String CLUSTERS =
            """
            apiVersion: v1
            kind: Config
            current-context: near
            contexts:
            - name: near
              context: {cluster: one, user: alice, namespace: builds}
            - name: far
              context: {cluster: two, user: bob}
            - name: torn
              context: {cluster: three, user: bob}
            clusters:
            - name: one
              cluster: {server: "https://one.example:6443", certificate-authority: pki/ca.pem}
            - name: two
              cluster: {server: "https://two.example", proxy-url: "http://proxy.example:3128"}
            users:
            - name: alice
              user: {client-certificate: alice.pem, client-key: /keys/alice.pem}
            - name: bob
              user: {tokenFile: bob.token}
            """;

    private Kubeconfigs() {}

    /** Finds the configuration of a user who has chosen these files. */
    static ClusterConfig find(Path folder, @Nullable String context, Path... files) throws EngineException {
        return ClusterConfig.find(
                new Surroundings(List.of(files), folder.resolve("usual"), null, null, folder), context);
    }
}
