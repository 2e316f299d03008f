package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Flags that a command sets on its stdout and stderr are not those of later commands: each has open descriptions of its
 * own. node, ssh and many others leave {@code O_NONBLOCK} behind.
 */
@Timeout(120)
class OwnDescriptionsIT {

    private static final int BYTES = 5_000_000;

    /** Sets O_NONBLOCK, O_APPEND and O_ASYNC on the descriptors that are its arguments. */
    private static final String SET_FLAGS = "perl -e 'for (@ARGV) { open my $d, \">&=\", $_ or die $!;"
            + " fcntl($d, 4, fcntl($d, 3, 0) | 04000 | 02000 | 020000) or die $! }' ";

    @TempDir
    static Path context;

    /** Busybox's shell beside perl, which its own image does not have. */
    private static SandboxSpec busybox() throws IOException {
        Path dockerfile = Files.writeString(
                context.resolve("Dockerfile"),
                "FROM debian:bookworm-slim\nCOPY --from=busybox:latest /bin/busybox /bin/ash\n");
        return SandboxSpec.ofDockerfile(dockerfile).shell("/bin/ash");
    }

    static Stream<Arguments> passesAllOutputAfterACommandThatSetsFlags() {
        return Arrays.stream(ShellKind.values())
                .flatMap(kind -> Stream.of("1", "2", "1 2")
                        .flatMap(streams -> Stream.of(
                                Arguments.of(kind, SET_FLAGS + streams),
                                Arguments.of(
                                        kind,
                                        "(" + SET_FLAGS + streams + "; : >set; sleep 1000) &"
                                                + " until test -e set; do sleep 0.01; done"))));
    }

    @ParameterizedTest
    @MethodSource
    void passesAllOutputAfterACommandThatSetsFlags(ShellKind kind, String setsFlags) throws IOException {
        try (Shell shell = Shell.open(kind == ShellKind.BUSYBOX ? busybox() : kind.spec())) {
            assertThat(shell.run(setsFlags).succeeded()).isTrue();

            CommandResult result = shell.run(
                    Command.of("head -c " + BYTES + " /dev/zero; head -c " + BYTES + " /dev/zero >&2")
                            .outputLimit("8MiB"));

            assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
            assertThat(Arrays.equals(result.stdoutBytes(), new byte[BYTES])).as("stdout is whole").isTrue();
            assertThat(Arrays.equals(result.stderrBytes(), new byte[BYTES])).as("stderr is whole").isTrue();
        }
    }
}
