package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;
import org.opentest4j.AssertionFailedError;

/** Secrets of a sandbox do not show in the messages of assertions that fail. */
class SecretsIT {

    private static final String SECRET = "swordfish";

    private static final String PADDING = "x".repeat(195);

    private static Shell shell;
    private static CommandResult result;
    private static CommandResult cut;

    @BeforeAll
    static void open() {
        shell = Shell.open(SandboxSpec.of("busybox:latest"));
        Command command = Command.of(
                        "echo $PASSWORD; printf sword >&2; sleep 0.1; printf ${PASSWORD#sword}! >&2; cd /tmp")
                .secretEnvironment("PASSWORD", SECRET);
        result = shell.run(command);
        shell.run("echo swordfish >/work/f; mkdir /work/d; : >/work/d/swordfish; ln -s swordfish /work/link");
        // Quoted texts are cut after 200 characters, and output after its limit: within the secret.
        shell.copyInText(PADDING + SECRET, "/work/long");
        cut = shell.run(Command.of("printf 12345swordfish").outputLimit("10B"));
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    static Stream<ThrowingCallable> failures() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                () -> assertThat(result).failed(),
                () -> assertThat(result).hasStdout("swordfish"),
                () -> assertThat(result).hasStdout("sword\n"),
                () -> assertThat(result).hasStdoutBytes(new byte[] {1}),
                () -> assertThat(result).hasStdoutBytes(bytes),
                () -> assertThat(result).hasStdoutLines("a", "swordfish"),
                () -> assertThat(result).stdoutMatches("a"),
                () -> assertThat(result).stdoutDoesNotContain("swordfish"),
                () -> assertThat(result).stdoutContains("swordfish", "other"),
                () -> assertThat(result).hasStderr("sword"),
                () -> assertThat(result).stdout().isEqualTo("swordfish"),
                () -> assertThat(result).stdout().isEqualTo("other"),
                () -> assertThat(result).stderr().isEmpty(),
                () -> assertThat(result).as("of swordfish").exitedWith(7),
                () -> assertThat(result).usedCpuAtMost(Duration.ZERO),
                () -> assertThat(cut).succeeded(),
                () -> assertThat(shell).exists("/work/swordfish"),
                () -> assertThat(shell).file("/work/f").hasContent("sword"),
                () -> assertThat(shell).file("/work/f").startsWith((byte) 1),
                () -> assertThat(shell).file("/work/f").content().isEqualTo("sword"),
                () -> assertThat(shell).file("/work/f").bytes().isEqualTo(new byte[] {1}),
                () -> assertThat(shell).file("/work/d").isEmptyDirectory(),
                () -> assertThat(shell).file("/work/link").hasLinkTarget("other"),
                () -> assertThat(shell).file("/work/long").hasContent("swordfish"),
                () -> assertThat(shell).file("/work/long").content().isEmpty(),
                () -> assertThat(shell).changedNothing(),
                () -> assertThat(shell).changes().isEmpty(),
                () -> assertThat(shell).staysInside("/work/d"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isInNoMessage(ThrowingCallable assertion) {
        Throwable failure = catchThrowable(assertion);

        assertThat(failure).isInstanceOf(AssertionError.class);
        assertKept(failure.getMessage());
        if (failure instanceof AssertionFailedError compared && compared.isActualDefined()) {
            assertKept(compared.getActual().getStringRepresentation());
            assertKept(compared.getExpected().getStringRepresentation());
        }
    }

    static Stream<ThrowingCallable> exceptions() {
        return Stream.of(
                () -> shell.copyInText("x", "/missing/swordfish"),
                () -> shell.copyOutText("/work/missing/swordfish"),
                () -> shell.run(Command.of("true").directory("/work/swordfish")));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void isInNoMessageOfAnException(ThrowingCallable use) {
        assertThat(catchThrowable(use))
                .isInstanceOf(RuntimeException.class)
                .satisfies(failure -> assertThat(failure.toString()).contains("***").doesNotContain("swordf", "fish"));
    }

    private static void assertKept(@Nullable String text) {
        String hex = HexFormat.ofDelimiter(" ").withUpperCase().formatHex("fish".getBytes(StandardCharsets.UTF_8));
        assertThat(text).doesNotContain("swordf", "fish", hex, "0x66, 0x69");
    }

    @Test
    void isMaskedInEachPlace() {
        assertThat(catchThrowable(() -> assertThat(result).hasStdout("pass")))
                .hasMessageStartingWith("""

                        Expecting stdout to be:
                          "pass"
                        but it was:
                          "***\\n"
                        From index 0 on (line 1), expected "pass" but found "***\\n".

                        Command:   echo $PASSWORD; printf sword >&2; sleep 0.1; printf ${PASSWORD#sword}! >&2; cd /tmp
                        """)
                .hasMessageEndingWith("""

                        Stdout:    10 bytes
                          | ***
                        Stderr:    10 bytes
                          | ***!
                          (no line feed at the end)""");
        assertThat(catchThrowable(() -> assertThat(cut).succeeded())).hasMessageContaining("\n  | 12345***\n");
        byte[] secret = "swordfish".getBytes(StandardCharsets.UTF_8);
        assertThat(catchThrowable(() -> assertThat(result).hasStdoutBytes(secret)))
                .hasMessageContaining("From byte 3 on, expected the end but found 0A.");
        assertThat(catchThrowable(() -> assertThat(result).hasStdout("***\n")))
                .hasMessageContaining("\nbut it was:\n  \"***\\n\"\nThey differ in what is masked here.\n");
        assertThat(catchThrowable(() -> assertThat(result).stdoutDoesNotContain("swordfish")))
                .hasMessageStartingWith("\nExpecting stdout not to contain:\n  \"***\"\nbut it is found\n");
    }

    @Test
    void isMaskedInWhatBackgroundProcessesWroteAndInTheirCommandLines() {
        try (Shell other = Shell.open(SandboxSpec.of("busybox:latest"))) {
            other.mask(SECRET);
            other.run("(sleep 0.1; printf sword; sleep 0.1; echo fish; exec sh -c 'sleep 100; : swordfish') & :");
            other.run("sleep 0.05");
            while (other.strayOutput().isEmpty()) {
                Thread.onSpinWait();
            }
            assertKept(catchThrowable(() -> assertThat(other).hasNoLeftoverProcesses()).getMessage());
            assertKept(catchThrowable(() -> assertThat(other).hasNoStrayOutput()).getMessage());
        }
    }

    @Test
    void changesNothingOfTheResultItself() {
        assertThat(result).hasStdout("swordfish\n").hasStderr("swordfish!");
        assertThat(result.masked(List.of("a swordfish"))).containsExactly("a ***");
    }
}
