package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pod in which this JVM runs, if it runs in one of the cluster: with it, the cluster deletes all of its pods. */
final class PodOwner {

    private static final Logger LOG = LoggerFactory.getLogger(PodOwner.class);

    static final Path NAMESPACE_FILE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    private PodOwner() {}

    /**
     * Returns a reference to it; null if it is not in the namespace of the sandboxes, or if this JVM runs in no pod. A
     * pod can only own others of its namespace.
     *
     * @param namespaceFile has the namespace of the pod in which this JVM runs
     */
    static @Nullable OwnerReference find(
            PodApi api, String namespace, Map<String, String> environment, Path namespaceFile) {
        String name = environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", ""));
        try {
            if (name.isEmpty()
                    || !Files.exists(namespaceFile)
                    || !Files.readString(namespaceFile).strip().equals(namespace)) {
                return null;
            }
            return api.find(name).map(PodOwner::reference).orElse(null);
        } catch (IOException | EngineException e) {
            LOG.debug("The pod of this JVM is not known, so that it does not own those of sandboxes", e);
            return null;
        }
    }

    private static OwnerReference reference(Pod pod) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .withController(false)
                .withBlockOwnerDeletion(false)
                .build();
    }
}
