package org.junitsandbox.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of this machine, which get no input and must end in time. */
final class MachineProgram {

    private static final File NO_INPUT = new File("/dev/null");

    /** What a program printed, in ISO 8859-1, which keeps every byte distinct; and its exit code. */
    record Output(int exitCode, String stdout, String stderr) {}

    private MachineProgram() {}

    /**
     * Runs a program.
     *
     * @param environment further environment variables
     */
    static Output run(Map<String, String> environment, List<String> line, Duration limit) throws IOException {
        // Files, not pipes: the processes that a script leaves running would keep a pipe open.
        Path stdout = Files.createTempFile("program", ".out");
        Path stderr = Files.createTempFile("program", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectInput(NO_INPUT)
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            String out = Files.readString(stdout, ISO_8859_1);
            String err = Files.readString(stderr, ISO_8859_1);
            if (!ended) {
                process.destroyForcibly();
                throw new AssertionError(line + " did not end within " + limit.toSeconds() + " s:\n" + out + err);
            }
            return new Output(process.exitValue(), out, err);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while running " + line, e);
        } finally {
            Files.delete(stdout);
            Files.delete(stderr);
        }
    }

    /** Runs a program that must succeed, and returns its stdout. */
    static String succeed(Map<String, String> environment, List<String> line, Duration limit) throws IOException {
        Output output = run(environment, line, limit);
        if (output.exitCode() != 0) {
            throw new AssertionError(
                    line + " ended with " + output.exitCode() + ":\n" + output.stdout() + output.stderr());
        }
        return output.stdout();
    }
}
