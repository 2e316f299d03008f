package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.MemoryMount;

/**
 * The places of a pod that can be written to: volumes in memory, which count as the container's.
 *
 * @param volumes one for each place
 * @param mounts where they are mounted
 */
record MemoryVolumes(List<Volume> volumes, List<VolumeMount> mounts) {

    static MemoryVolumes of(ContainerConfig config) {
        List<MemoryMount> places = new ArrayList<>(config.memoryMounts());
        long shared = config.limit(Limit.SHARED_MEMORY_BYTES);
        if (shared > 0) {
            places.add(new MemoryMount("/dev/shm", shared));
        }
        List<Volume> volumes = new ArrayList<>();
        List<VolumeMount> mounts = new ArrayList<>();
        for (MemoryMount place : places) {
            String name = "memory-" + volumes.size();
            volumes.add(new VolumeBuilder()
                    .withName(name)
                    .withNewEmptyDir()
                    .withMedium("Memory")
                    .withSizeLimit(place.sizeBytes() > 0 ? new Quantity(String.valueOf(place.sizeBytes())) : null)
                    .endEmptyDir()
                    .build());
            mounts.add(new VolumeMountBuilder()
                    .withName(name)
                    .withMountPath(place.path())
                    .build());
        }
        return new MemoryVolumes(List.copyOf(volumes), List.copyOf(mounts));
    }
}
