package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;

/** What the processes of a pod may do. The defaults fit Kubernetes' own standard for pods, "restricted". */
final class PodSecurity {

    private PodSecurity() {}

    static PodSecurityContext ofPod(PodUser user) {
        return new PodSecurityContextBuilder()
                .withRunAsUser(user.id())
                .withRunAsGroup(user.group())
                .withRunAsNonRoot(!user.isRoot())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    static SecurityContext ofContainer(ContainerConfig config) {
        SecurityContextBuilder security = new SecurityContextBuilder()
                .withPrivileged(false)
                .withReadOnlyRootFilesystem(config.has(Restriction.READ_ONLY_ROOT))
                .withAllowPrivilegeEscalation(!config.has(Restriction.NO_NEW_PRIVILEGES));
        if (config.has(Restriction.NO_CAPABILITIES)) {
            security.withNewCapabilities().addToDrop("ALL").endCapabilities();
        }
        return security.build();
    }
}
