package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

class KubernetesEngineProviderTests {

    private static final Map<String, String> SETTINGS = Map.of("sandbox.kubernetes.namespace", "of-this-test");

    @TempDir
    private Path folder;

    @AfterEach
    void reset() {
        System.clearProperty("kubeconfig");
    }

    @Test
    void looksAgainAfterAnInterruptedSearch() throws Exception {
        // The first search is still waiting for it when the interrupt is found; the second one sees it fail.
        Path failing = folder.resolve("failing");
        Path plugin = Files.writeString(
                folder.resolve("plugin"), "#!/bin/sh\n[ ! -e " + failing + " ] || exit 1\nexec sleep 60\n");
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path config = Files.writeString(
                folder.resolve("config"),
                """
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {exec: {apiVersion: v1, command: ./plugin}}}]
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                """);
        System.setProperty("kubeconfig", config.toString());
        KubernetesEngineProvider provider = new KubernetesEngineProvider();

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> provider.engine(SETTINGS))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
        Files.createFile(failing);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> provider.engine(SETTINGS))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .withMessageContaining("ended with exit code 1");
    }
}
