package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.ShellKind;

/**
 * Flags that a command sets on its stdout and stderr are not those of later commands: each has open descriptions of its
 * own. node, ssh and many others leave {@code O_NONBLOCK} behind.
 */
@Timeout(120)
class OwnDescriptionsIT {

    private static final int BYTES = 20_000_000;

    /** Sets O_NONBLOCK, O_APPEND and O_ASYNC on the descriptors that are its arguments. */
    private static final String SET_FLAGS = "perl -e 'for (@ARGV) { open my $d, \">&=\", $_ or die $!;"
            + " fcntl($d, 4, fcntl($d, 3, 0) | 04000 | 02000 | 020000) or die $! }' ";

    static Stream<Arguments> passesAllOutputAfterACommandThatSetsFlags() {
        return Stream.of(ShellKind.DASH, ShellKind.BASH)
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, SET_FLAGS + "1"),
                        Arguments.of(kind, SET_FLAGS + "2"),
                        Arguments.of(kind, SET_FLAGS + "1 2"),
                        Arguments.of(kind, "(" + SET_FLAGS + "1 2; sleep 30) & sleep 0.2")));
    }

    @ParameterizedTest
    @MethodSource
    void passesAllOutputAfterACommandThatSetsFlags(ShellKind kind, String setsFlags) {
        try (Shell shell = Shell.open(kind.spec())) {
            assertThat(shell.run(setsFlags).succeeded()).isTrue();

            CommandResult result = shell.run(
                    Command.of("head -c " + BYTES + " /dev/zero; head -c " + BYTES + " /dev/zero >&2")
                            .outputLimit("32MiB"));

            assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
            assertThat(Arrays.equals(result.stdoutBytes(), new byte[BYTES])).as("stdout is whole").isTrue();
            assertThat(Arrays.equals(result.stderrBytes(), new byte[BYTES])).as("stderr is whole").isTrue();
        }
    }
}
