package org.junitsandbox.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellAccess;
import org.junitsandbox.spec.SandboxSpec;

/**
 * A plain container in which commands run by the engine's exec API, the reference that the library is compared with;
 * and what the engine itself reports about any container. Closing removes the container.
 */
public final class EngineExec implements AutoCloseable {

    /** What the engine's API reports about a command. The texts are in ISO 8859-1, which keeps every byte distinct. */
    public record Result(int exitCode, String stdout, String stderr) {}

    /** The state of a container that does not exist. */
    public static final String GONE = "gone";

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
        return ContainerView.CURRENT.exec(container, command);
    }

    /** Returns the short id of a sandbox's container, as its host name shows it. */
    public static String containerOf(Shell shell) {
        return shell.run("cat /etc/hostname").stdout().strip();
    }

    /** Returns the full id of the container with this short id. */
    public static String fullId(String container) {
        return ContainerView.CURRENT.fullId(container);
    }

    /** Kills the main process of a sandbox's container, from outside. */
    public static void kill(Shell shell) {
        ContainerView.CURRENT.kill(containerOf(shell));
    }

    /** Returns how much CPU time the processes of a container have taken, as the engine counts it. */
    public static Duration cpuTime(String container) {
        return ContainerView.CURRENT.cpuTime(container);
    }

    /** Returns whether a container exists, running or not. */
    public static boolean exists(String container) {
        return !state(container).equals(GONE);
    }

    /** Returns the state of a container in the engine's words, "running" for example, or {@link #GONE}. */
    public static String state(String container) {
        return ContainerView.CURRENT.state(container);
    }

    /** Returns how many bytes a container has written to its own layer on the engine's disk. */
    public static long bytesOnDisk(String container) {
        return ContainerView.CURRENT.bytesOnDisk(container);
    }

    /** Returns the log driver that receives a container's output. */
    public static String logType(String container) {
        return ContainerView.CURRENT.logType(container);
    }

    @Override
    public void close() {
        container.close();
    }
}
