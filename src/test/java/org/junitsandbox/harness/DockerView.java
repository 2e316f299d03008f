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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** What Docker or Podman shows of a container, by its API. */
public final class DockerView implements ContainerView {

    private static final DockerClient CLIENT = DockerClientProviderStrategy.getClientForConfig(
            DockerClientFactory.instance().getTransportConfig());

    private static final String WORK = "/work";

    private static final int EXEC_LIMIT_SECONDS = 60;

    DockerView() {}

    @Override
    public EngineExec.Result exec(String container, List<String> command) {
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
        return new EngineExec.Result(
                code, stdout.toString(StandardCharsets.ISO_8859_1), stderr.toString(StandardCharsets.ISO_8859_1));
    }

    @Override
    public String fullId(String hostName) {
        return CLIENT.inspectContainerCmd(hostName).exec().getId();
    }

    @Override
    public void kill(String container) {
        CLIENT.killContainerCmd(container).exec();
    }

    @Override
    public Duration cpuTime(String container) {
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

    @Override
    public String state(String container) {
        return state(CLIENT, container);
    }

    /** Returns the state of a container on another engine. */
    public static String state(DockerClient engine, String container) {
        try {
            return String.valueOf(
                    engine.inspectContainerCmd(container).exec().getState().getStatus());
        } catch (NotFoundException e) {
            return EngineExec.GONE;
        } catch (InternalServerErrorException e) {
            // Podman answers so while it removes the container.
            if (String.valueOf(e.getMessage()).contains("no such container")) {
                return EngineExec.GONE;
            }
            throw e;
        }
    }

    @Override
    public long bytesOnDisk(String container) {
        Long bytes = CLIENT.inspectContainerCmd(container).withSize(true).exec().getSizeRw();
        return Objects.requireNonNull(bytes, "SizeRw");
    }

    @Override
    public String logType(String container) {
        HostConfig config = CLIENT.inspectContainerCmd(container).exec().getHostConfig();
        return String.valueOf(config.getLogConfig().getType());
    }
}
