package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;

/** What a pod may use at most. It is requested as well, so that no node is given more pods than fit on it. */
final class PodResources {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private PodResources() {}

    /**
     * Returns the limits and requests.
     *
     * @param cpuRequest how much CPU time is requested; null for the limit
     */
    static ResourceRequirements of(ContainerConfig config, @Nullable String cpuRequest) {
        Map<String, Quantity> limits = new HashMap<>();
        long memory = config.limit(Limit.MEMORY_BYTES);
        if (memory > 0) {
            limits.put("memory", new Quantity(String.valueOf(memory)));
        }
        long nanoCpus = config.limit(Limit.NANO_CPUS);
        if (nanoCpus > 0) {
            limits.put("cpu", new Quantity(Math.max(1, nanoCpus / NANOS_PER_MILLI) + "m"));
        }
        Map<String, Quantity> requests = new HashMap<>(limits);
        if (cpuRequest != null) {
            requests.put("cpu", new Quantity(cpuRequest));
        }
        return new ResourceRequirementsBuilder()
                .withLimits(limits)
                .withRequests(requests)
                .build();
    }
}
