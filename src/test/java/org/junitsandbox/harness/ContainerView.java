package org.junitsandbox.harness;

import java.time.Duration;
import java.util.List;

/** What an engine shows of a container past the library. */
interface ContainerView {

    /** The view of the engine that the tests use. */
    ContainerView CURRENT = Cluster.isUsed() ? new PodView() : new DockerView();

    /** Runs a command as the container's user, in /work. */
    EngineExec.Result exec(String container, List<String> command);

    /** Returns the id by which the engine knows the container with this host name. */
    String fullId(String hostName);

    /** Kills the container's processes. */
    void kill(String container);

    /** Returns the container's state in the engine's words, or {@link EngineExec#GONE}. */
    String state(String container);

    /** Returns how much CPU time the container's processes have taken, as the engine counts it. */
    Duration cpuTime(String container);

    /** Returns how many bytes the container has written to its own layer on the engine's disk. */
    long bytesOnDisk(String container);

    /** Returns the log driver that receives the container's output. */
    String logType(String container);
}
