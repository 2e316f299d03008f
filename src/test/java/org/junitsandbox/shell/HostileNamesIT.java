package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.HostileText;
import org.junitsandbox.spec.SandboxSpec;

/** Nothing that a sandbox gives is shown as it is: each method of a shell is made to fail on a hostile name. */
@Timeout(120)
class HostileNamesIT {

    private static final String NAME = HostileText.of("name").replace('/', '|');

    /** The end of a name that is longer than any file's can be. */
    private static final String TOO_LONG = NAME + "x".repeat(300);

    private static Shell shell;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void open() {
        shell = Shell.open(SandboxSpec.of("debian:bookworm-slim"));
        assertThat(shell.run(Command.of("mkdir", "--", NAME))).succeeded();
        assertThat(shell.run(Command.of("cd", "--", NAME))).succeeded();
        assertThat(shell.run(Command.of("ln", "-s", "--", NAME, NAME))).succeeded();
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    static Stream<Arguments> showsNoNameRaw() {
        byte[] bytes = {1};
        return Stream.of(
                failure("run", () -> shell.run(Command.of("true").directory(TOO_LONG))),
                failure("run: stdin", () -> shell.run(Command.of("true").stdin(folder.resolve(NAME)))),
                failure("runAsync", () -> shell.runAsync(Command.of("true").directory(TOO_LONG)).join()),
                failure("exitCode", () -> shell.run(Command.of("sleep 9 #" + NAME).timeLimit(Duration.ofMillis(50)))
                        .exitCode()),
                failure("copyIn: file", () -> shell.copyIn(folder.resolve(NAME), NAME)),
                failure("copyIn: target", () -> shell.copyIn(bytes, TOO_LONG)),
                failure("copyIn: mode", () -> shell.copyIn(bytes, NAME, NAME)),
                failure("copyIn: stream", () -> shell.copyIn(InputStream.nullInputStream(), TOO_LONG)),
                failure("copyIn: broken stream", () -> shell.copyIn(brokenStream(), NAME)),
                failure("copyIn: directory", () -> shell.copyIn(folder, TOO_LONG)),
                failure("copyInText", () -> shell.copyInText("", TOO_LONG)),
                failure("copyInText: NUL", () -> shell.copyInText("", NAME + "\0")),
                failure("copyInResource", () -> shell.copyInResource(Shell.class, NAME, NAME)),
                failure("copyOut: missing", () -> shell.copyOut(NAME + "missing", folder)),
                failure("copyOut: link", () -> shell.copyOut(NAME, folder.resolve("copy"))),
                failure("copyOut: directory", () -> shell.copyOut(".", folder.resolve("copy"))),
                failure("copyOut: not empty", () -> shell.copyOut(".", folder)),
                failure("copyOut: bytes", () -> shell.copyOut(NAME)),
                failure("copyOut: stream", () -> shell.copyOut(NAME, OutputStream.nullOutputStream())),
                failure("copyOutText", () -> shell.copyOutText(NAME)),
                failure("status", () -> shell.status("\uD83D" + NAME)),
                failure("Command.of", () -> Command.of(NAME + "\0")),
                failure("Command.environment", () -> Command.of("true").environment(NAME, "")),
                failure("Command.timeLimit", () -> Command.of("true").timeLimit(NAME)),
                failure("Command.outputLimit", () -> Command.of("true").outputLimit(NAME)),
                failure("succeeded", () -> assertThat(shell.run("echo", NAME)).failed()),
                failure("hasStdout", () -> assertThat(shell.run("echo", NAME)).hasStdout(NAME)),
                failure("stdout", () -> assertThat(shell.run("echo", NAME)).stdout().contains("missing")),
                failure("file", () -> assertThat(shell).file(NAME).isRegularFile()),
                failure("file: missing", () -> assertThat(shell).file("missing").exists()),
                failure("doesNotExist", () -> assertThat(shell).doesNotExist(NAME)),
                failure("content", () -> assertThat(shell).file(NAME).content().contains("")));
    }

    private static Arguments failure(String method, ThrowingCallable call) {
        return Arguments.argumentSet(method, call);
    }

    @ParameterizedTest
    @MethodSource
    void showsNoNameRaw(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);

        HostileText.assertPrintable(failure);
        assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                .isInstanceOfAny(
                        AssertionError.class,
                        IllegalArgumentException.class,
                        IllegalStateException.class,
                        TransferException.class);
    }

    @Test
    void showsNoCommandRawWhenItsShellIsClosed() {
        Shell closed = Shell.open(SandboxSpec.of("busybox"));
        closed.close();

        HostileText.assertPrintable(catchThrowable(() -> closed.run("echo", NAME)));
    }

    @Test
    void showsNoCommandRawWhenItIsInterrupted() {
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> shell.run("echo", NAME));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(SandboxInterruptedException.class);
        HostileText.assertPrintable(failure);
    }

    @Test
    void reportsTheAbsoluteDirectoryOfACommand() {
        CommandResult result = shell.run(Command.of("pwd").directory("../../tmp/."));

        assertThat(result.directory()).isEqualTo("/tmp").isEqualTo(result.stdout().strip());
    }

    @Test
    void showsNoDirectoryRaw() {
        CommandResult result = shell.run("cd /work/name*; true");
        CommandResult after = shell.run("echo out");

        assertThat(after.directory()).isEqualTo("/work/" + NAME);
        HostileText.assertPrintable(result + " " + after);
        HostileText.assertPrintable(catchThrowable(() -> assertThat(after).failed()));
    }

    private static InputStream brokenStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(NAME);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
    }
}
