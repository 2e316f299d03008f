package org.junitsandbox.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellAccess;
import org.junitsandbox.spec.SandboxSpec;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * A plain container in which commands run by the engine's exec API, the reference that the library is compared with;
 * and what the engine itself reports about any container. Closing removes the container.
 */
public final class EngineExec implements AutoCloseable {

    /** What the engine's API reports about a command. The texts are in ISO 8859-1, which keeps every byte distinct. */
    public record Result(int exitCode, String stdout, String stderr) {}

    /** The state of a container that does not exist. */
    public static final String GONE = "gone";

    private static final DockerClient CLIENT = DockerClientProviderStrategy.getClientForConfig(
            DockerClientFactory.instance().getTransportConfig());

    private static final String WORK = "/work";

    private static final int EXEC_LIMIT_SECONDS = 60;

    private final AttachedContainer container;
    private final String shell;

    private EngineExec(AttachedContainer container, String shell) {
        this.container = container;
        this.shell = shell;
    }

    /**
     * Starts a plain container configured like the sandboxes of {@code spec}. Its PID 1 only waits for the end of its
     * stdin and reaps orphaned processes.
     */
    public static EngineExec plain(SandboxSpec spec) throws EngineException {
        ContainerConfig sandbox = ShellAccess.config(spec);
        return new EngineExec(
                ShellAccess.sharedEngine().start(sandbox.toBuilder()
                        .command(List.of("/bin/sh", "-c", "until cat >/dev/null; do :; done"))
                        .build()),
                spec.shell());
    }

    public Result run(String text) {
        return run(container.id(), shell, text);
    }

    /** Runs a script with the image's sh; $0 is the path of the shell under test. */
    public Result run(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, shell));
        command.addAll(arguments);
        return exec(container.id(), command);
    }

    /** Runs a command with {@code sh -c} in a container, as the container's user, in /work. */
    public static Result run(String container, String shell, String text) {
        return exec(container, List.of(shell, "-c", text));
    }

    private static Result exec(String container, List<String> command) {
        String id = CLIENT.execCreateCmd(container)
                .withCmd(command.toArray(String[]::new))
                .withWorkingDir(WORK)
                .withEnv(List.of("HOME=" + WORK))
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        try {
            boolean ended = CLIENT.execStartCmd(id)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            (frame.getStreamType() == StreamType.STDOUT ? stdout : stderr)
                                    .writeBytes(frame.getPayload());
                        }
                    })
                    .awaitCompletion(EXEC_LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                throw new AssertionError("The engine's exec did not end within " + EXEC_LIMIT_SECONDS + " s: "
                        + command.stream().limit(3).toList());
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting for the engine's exec", e);
        }
        int code = Math.toIntExact(CLIENT.inspectExecCmd(id).exec().getExitCodeLong());
        return new Result(
                code, stdout.toString(StandardCharsets.ISO_8859_1), stderr.toString(StandardCharsets.ISO_8859_1));
    }

    /** Returns the short id of a sandbox's container, as its host name shows it. */
    public static String containerOf(Shell shell) {
        return shell.run("cat /etc/hostname").stdout().strip();
    }

    /** Returns the full id of the container with this short id. */
    public static String fullId(String container) {
        return CLIENT.inspectContainerCmd(container).exec().getId();
    }

    /** Kills the main process of a sandbox's container, from outside. */
    public static void kill(Shell shell) {
        CLIENT.killContainerCmd(containerOf(shell)).exec();
    }

    /** Returns how much CPU time the processes of a container have taken, as the engine counts it. */
    public static Duration cpuTime(String container) {
        AtomicReference<Statistics> stats = new AtomicReference<>();
        try {
            CLIENT.statsCmd(container)
                    .withNoStream(true)
                    .exec(new ResultCallback.Adapter<Statistics>() {
                        @Override
                        public void onNext(Statistics received) {
                            stats.set(received);
                        }
                    })
                    .awaitCompletion(EXEC_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting for the engine's statistics", e);
        }
        Long nanos = Objects.requireNonNull(stats.get(), "no statistics").getCpuStats().getCpuUsage().getTotalUsage();
        return Duration.ofNanos(Objects.requireNonNull(nanos, "total_usage"));
    }

    /** Returns whether a container exists, running or not. */
    public static boolean exists(String container) {
        return !state(container).equals(GONE);
    }

    /** Returns the state of a container in the engine's words, "running" for example, or {@link #GONE}. */
    public static String state(String container) {
        return state(CLIENT, container);
    }

    /** Returns the state of a container on another engine. */
    public static String state(DockerClient engine, String container) {
        try {
            return String.valueOf(
                    engine.inspectContainerCmd(container).exec().getState().getStatus());
        } catch (NotFoundException e) {
            return GONE;
        } catch (InternalServerErrorException e) {
            // Podman answers so while it removes the container.
            if (String.valueOf(e.getMessage()).contains("no such container")) {
                return GONE;
            }
            throw e;
        }
    }

    /** Returns how many bytes a container has written to its own layer on the engine's disk. */
    public static long bytesOnDisk(String container) {
        Long bytes = CLIENT.inspectContainerCmd(container).withSize(true).exec().getSizeRw();
        return Objects.requireNonNull(bytes, "SizeRw");
    }

    /** Returns the log driver that receives a container's output. */
    public static String logType(String container) {
        HostConfig config = CLIENT.inspectContainerCmd(container).exec().getHostConfig();
        return String.valueOf(config.getLogConfig().getType());
    }

    @Override
    public void close() {
        container.close();
    }
}
