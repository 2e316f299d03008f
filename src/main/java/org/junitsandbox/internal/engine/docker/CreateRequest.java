package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ulimit;
import java.util.List;
import java.util.stream.Collectors;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.engine.MemoryMount;

/** A {@link ContainerConfig} in the terms of Docker's API. */
final class CreateRequest {

    private CreateRequest() {}

    /**
     * Returns the request.
     *
     * @param name the container's name
     */
    static CreateContainerCmd of(DockerClient client, ContainerConfig config, String name) {
        CreateContainerCmd command = client.createContainerCmd(config.image())
                .withName(name)
                .withEntrypoint(config.command())
                .withCmd(List.of())
                .withEnv(config.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList())
                .withUser(config.user())
                // An image would keep the labels of this JVM, and Testcontainers' reaper would delete it.
                .withLabels(config.isForImage() ? Labels.OF_IMAGES : Labels.OF_CONTAINERS)
                .withStopSignal("SIGKILL")
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withTty(false)
                .withHostConfig(hostConfig(config));
        if (config.workingDirectory() != null) {
            command.withWorkingDir(config.workingDirectory());
        }
        return command;
    }

    private static HostConfig hostConfig(ContainerConfig config) {
        HostConfig host = HostConfig.newHostConfig()
                .withAutoRemove(true)
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                // Otherwise an engine shares /dev/shm with containers that ask to, and gVisor does not see its size.
                .withIpcMode("private")
                .withReadonlyRootfs(config.has(Restriction.READ_ONLY_ROOT))
                .withTmpFs(config.memoryMounts().stream()
                        .collect(Collectors.toMap(MemoryMount::path, CreateRequest::mountOptions)));
        if (config.network() != null) {
            host.withNetworkMode(config.network());
        }
        if (config.runtime() != null) {
            host.withRuntime(config.runtime());
        }
        if (config.has(Restriction.NO_CAPABILITIES)) {
            host.withCapDrop(Capability.ALL);
        }
        if (config.has(Restriction.NO_NEW_PRIVILEGES)) {
            host.withSecurityOpts(List.of("no-new-privileges"));
        }
        limit(host, config);
        return host;
    }

    private static String mountOptions(MemoryMount mount) {
        String size = mount.sizeBytes() > 0 ? ",size=" + mount.sizeBytes() : "";
        return "rw,exec,nosuid,nodev,mode=1777" + size;
    }

    private static void limit(HostConfig host, ContainerConfig config) {
        long memory = config.limit(Limit.MEMORY_BYTES);
        if (memory > 0) {
            host.withMemory(memory).withMemorySwap(memory);
        }
        if (config.limit(Limit.NANO_CPUS) > 0) {
            host.withNanoCPUs(config.limit(Limit.NANO_CPUS));
        }
        if (config.limit(Limit.PROCESSES) > 0) {
            host.withPidsLimit(config.limit(Limit.PROCESSES));
        }
        long openFiles = config.limit(Limit.OPEN_FILES);
        if (openFiles > 0) {
            host.withUlimits(new Ulimit[] {new Ulimit("nofile", openFiles, openFiles), new Ulimit("core", 0L, 0L)});
        }
        if (config.limit(Limit.SHARED_MEMORY_BYTES) > 0) {
            host.withShmSize(config.limit(Limit.SHARED_MEMORY_BYTES));
        }
    }
}
