package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junitsandbox.internal.engine.ContainerConfig;

/**
 * What takes the network from a pod, as its specification cannot: a container of a trusted image that runs before the
 * sandbox's, and removes the interfaces of the pod. The sandbox has no right to make new ones.
 */
final class NetworkCut {

    /** The name of the container. */
    static final String CONTAINER = "network-cut";

    /** One that cannot be removed is shut down; the limits that are read back show it. */
    private static final String SCRIPT = "for path in /sys/class/net/*; do name=${path##*/}; [ \"$name\" = lo ] ||"
            + " ip link delete \"$name\" || ip link set \"$name\" down || exit; done";

    private static final Map<String, Quantity> RESOURCES =
            Map.of("cpu", new Quantity("10m"), "memory", new Quantity("32Mi"));

    private NetworkCut() {}

    /**
     * Returns the containers that run before the sandbox's.
     *
     * @param settings have the image, which needs {@code sh} and {@code ip}
     */
    static List<Container> before(ContainerConfig config, KubernetesSettings settings) {
        String image = settings.networkCutImage();
        return image == null || !"none".equals(config.network())
                ? List.of()
                : List.of(new ContainerBuilder()
                        .withName(CONTAINER)
                        .withImage(image)
                        .withImagePullPolicy(settings.pullPolicy())
                        .withCommand(List.of("sh", "-c", PodManifest.literal(SCRIPT)))
                        .withNewResources()
                        .withLimits(RESOURCES)
                        .withRequests(RESOURCES)
                        .endResources()
                        .withNewSecurityContext()
                        .withRunAsUser(0L)
                        .withRunAsGroup(0L)
                        .withRunAsNonRoot(false)
                        .withPrivileged(false)
                        .withAllowPrivilegeEscalation(false)
                        .withReadOnlyRootFilesystem(true)
                        .withNewCapabilities()
                        .withDrop("ALL")
                        .withAdd("NET_ADMIN")
                        .endCapabilities()
                        .endSecurityContext()
                        .build());
    }
}
