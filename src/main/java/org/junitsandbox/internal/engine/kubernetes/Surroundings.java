package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a process finds out about its cluster.
 *
 * @param chosen the kubeconfig files that the user has chosen; null if none
 * @param usual the kubeconfig where none was chosen
 * @param apiHost the cluster's API for the processes in it; null outside of one
 * @param apiPort its port
 * @param serviceAccount the folder with the service account's token, authority and namespace
 */
record Surroundings(
        @Nullable List<Path> chosen,
        Path usual,
        @Nullable String apiHost,
        @Nullable String apiPort,
        Path serviceAccount) {

    static Surroundings ofThisJvm() {
        String chosen = Utils.getSystemPropertyOrEnvVar(Config.KUBERNETES_KUBECONFIG_FILE);
        return new Surroundings(
                chosen == null || chosen.isBlank() ? null : paths(chosen),
                Path.of(home(System.getenv("HOME")), ".kube", "config"),
                System.getenv(Config.KUBERNETES_SERVICE_HOST_PROPERTY),
                System.getenv(Config.KUBERNETES_SERVICE_PORT_PROPERTY),
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
    }

    /** Java's own home is {@code ?} for a user without a name, as in many containers. */
    static String home(@Nullable String ofEnvironment) {
        return ofEnvironment == null || ofEnvironment.isEmpty() ? System.getProperty("user.home") : ofEnvironment;
    }

    private static List<Path> paths(String list) {
        return List.of(list.split(File.pathSeparator)).stream()
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .toList();
    }
}
