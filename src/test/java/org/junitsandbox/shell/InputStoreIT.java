package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** Input that passes through /dev/shm, where commands can write as well. */
@Timeout(60)
class InputStoreIT {

    private static final int BLOCK_BYTES = 64 * 1024;

    /** The size of /dev/shm: one MiB more than the limit on input. */
    private static final int STORE_BYTES = 2 << 20;

    private static SandboxSpec spec(ShellKind kind) {
        return kind.spec().limits(ResourceLimits.DEFAULT.input("1MiB"));
    }

    /** Returns lines that are no requests: reading one as a request ends the sandbox. */
    private static byte[] lines(int bytes) {
        return "no request\n".repeat(bytes / 11 + 1).substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void rejectsInputThatDoesNotFitAndReadsNoneOfItAsRequests(ShellKind kind) {
        try (Shell shell = Shell.open(spec(kind))) {
            shell.run("head -c " + (STORE_BYTES - BLOCK_BYTES) + " /dev/zero >/dev/shm/filling");
            int[] sizes = {BLOCK_BYTES + 5, 2 * BLOCK_BYTES, 2 * BLOCK_BYTES + 5, 3 * BLOCK_BYTES + 5, 10 * BLOCK_BYTES
            };
            for (int size : sizes) {
                assertThatThrownBy(() -> shell.run(Command.of("cat").stdin(lines(size))))
                        .as("%d bytes", size)
                        .isInstanceOf(TransferException.class)
                        .hasMessageContaining(size + " bytes do not fit into the container's /dev/shm");
                assertThat(shell.run("echo alive").stdout()).as("after %d bytes", size).isEqualTo("alive\n");
            }
            assertThat(shell.run(Command.of("cat").stdin(lines(BLOCK_BYTES))).stdout()).hasSize(BLOCK_BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void endsOnlyTheCommandThatForgesTheEndOfItsShell(ShellKind kind) {
        try (Shell shell = Shell.open(spec(kind))) {
            CommandResult result =
                    shell.run(Command.of("cd /dev/shm; for f in .*.in; do : >\"${f%in}ended\"; done; sleep 100")
                            .stdin("x")
                            .timeLimit("30s"));

            assertThat(result.outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.empty()));
            assertThat(result.duration()).isLessThan(Duration.ofSeconds(20));
            assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
        }
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void doesNotBlockOnAPipeInPlaceOfInput(ShellKind kind) {
        try (Shell shell = Shell.open(spec(kind))) {
            shell.run(Command.of("cd /dev/shm; n=$(echo .*.in); (while :; do mkfifo \"$n\"; done) >/dev/null 2>&1 &")
                    .stdin("x"));
            for (int i = 0; i < 20; i++) {
                Throwable refusal = catchThrowable(() ->
                        assertThat(shell.run(Command.of("head -c 1").stdin("x").timeLimit("2s")).outcome())
                                .isInstanceOfAny(Outcome.Exited.class, Outcome.TimedOut.class));
                if (refusal != null) {
                    assertThat(refusal).isInstanceOf(TransferException.class).hasMessageContaining("do not fit");
                }
            }
            assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
        }
    }
}
