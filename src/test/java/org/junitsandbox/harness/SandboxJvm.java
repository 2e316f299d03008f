package org.junitsandbox.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.SandboxLostException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.spec.SandboxSpec;

/**
 * A child JVM that opens a sandbox and runs one command in it. It prints the container's id, then the command's result.
 */
public final class SandboxJvm implements AutoCloseable {

    private final Process process;
    private final Path errors;
    private final BufferedReader output;

    private SandboxJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static SandboxJvm start(String command, Map<String, String> environment, String... jvmOptions)
            throws IOException {
        return start(SandboxJvm.class, command, environment, jvmOptions);
    }

    /** Starts another program with one argument. */
    public static SandboxJvm start(
            Class<?> program, String argument, Map<String, String> environment, String... jvmOptions)
            throws IOException {
        Path errors = Files.createTempFile("sandbox-jvm", ".err");
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.commandLine(List.of(jvmOptions), program, argument))
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new SandboxJvm(builder.start(), errors);
    }

    /** Opens a sandbox and runs the command; if that is empty, waits for input or the end of stdin. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        try (Shell shell = Shell.open(SandboxSpec.of("busybox:latest"))) {
            System.out.println(EngineExec.fullId(EngineExec.containerOf(shell)));
            if (args[0].isEmpty()) {
                System.out.println(System.in.read());
                return;
            }
            try {
                // Much output takes its time on a busy machine.
                CommandResult result = shell.run(Command.of(args[0]).timeLimit("120s"));
                long bytes = result.output(StandardStream.STDOUT).totalBytes();
                System.out.println(result.outcome() + ", " + bytes + " bytes");
            } catch (SandboxLostException e) {
                System.out.println(e.getMessage() + " Output so far: " + e.stdout());
            }
        }
    }

    /** Returns the next line of the JVM's output. Fails with its exit code and stderr if there is none. */
    public String nextLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new AssertionError("The JVM printed no more and ended with "
                    + process.onExit().join().exitValue() + ". Its stderr:\n" + Files.readString(errors));
        }
        return line;
    }

    /** Ends the JVM's stdin. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for the JVM's end and returns its exit code. */
    public int exitCode() {
        return process.onExit().join().exitValue();
    }

    /** Waits for the end of a JVM that is to fail; returns its stderr. */
    public String failure() throws IOException {
        assertThat(exitCode()).as("exit code of the JVM").isNotZero();
        return Files.readString(errors);
    }

    /** Gives the JVM a line of input. */
    public void enterLine() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Kills the JVM as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.delete(errors);
    }
}
