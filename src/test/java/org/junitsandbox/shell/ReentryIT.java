package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.spec.SandboxSpec;

/** Calls on a shell from where it calls the user: listeners, streams, continuations; and while it is being closed. */
@Timeout(120)
class ReentryIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private static final SandboxSpec BUSYBOX = SandboxSpec.of("busybox:latest");

    private final Shell shell = SHELLS.open(BUSYBOX);

    @AfterEach
    void close() {
        shell.close();
    }

    /** Every kind of call that needs the sandbox. */
    @SuppressWarnings("ImmutableEnumChecker")
    enum Call {
        RUN(shell -> shell.run("true")),
        RUN_ASYNC(shell -> shell.runAsync("true").join()),
        COPY_IN_BYTES(shell -> shell.copyIn(new byte[1], "file")),
        COPY_IN_FILE(shell -> shell.copyIn(Path.of("pom.xml"), "file")),
        COPY_IN_STREAM(shell -> shell.copyIn(InputStream.nullInputStream(), "file")),
        COPY_IN_TEXT(shell -> shell.copyInText("text", "file")),
        COPY_OUT(shell -> shell.copyOut("/etc/passwd")),
        COPY_OUT_STREAM(shell -> shell.copyOut("/etc/passwd", OutputStream.nullOutputStream())),
        START(shell -> shell.start("true").stop()),
        CHECKPOINT(Shell::checkpoint),
        STATUS(shell -> shell.status("file")),
        DIRECTORY(Shell::directory),
        RESET(Shell::reset);

        private final Consumer<Shell> call;

        Call(Consumer<Shell> call) {
            this.call = call;
        }

        Throwable failureOn(Shell shell) {
            return catchThrowable(() -> call.accept(shell));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAListenerAndLeavesItsCommandUnharmed(Call call) {
        shell.run("kept=kept");
        AtomicReference<Throwable> refusal = new AtomicReference<>();

        CommandResult result = shell.run(Command.of("echo one; sleep 0.1; echo two")
                .onOutput((stream, bytes) -> refusal.set(call.failureOn(shell))));

        assertRefused(Objects.requireNonNull(refusal.get()));
        assertThat(result.stdout()).isEqualTo("one\ntwo\n");
        assertThat(shell.run("echo $kept").stdout()).isEqualTo("kept\n");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAStreamThatIsCopiedInAndCopiesItAllTheSame(Call call) {
        AtomicReference<Throwable> refusal = new AtomicReference<>();

        shell.copyIn(
                new ByteArrayInputStream("content".getBytes(UTF_8)) {
                    @Override
                    public synchronized int read(byte[] bytes, int offset, int length) {
                        refusal.set(call.failureOn(shell));
                        return super.read(bytes, offset, length);
                    }
                },
                "copy");

        assertRefused(Objects.requireNonNull(refusal.get()));
        assertThat(shell.copyOutText("copy")).isEqualTo("content");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAStreamThatIsCopiedToAndCopiesAllTheSame(Call call) {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        StringBuilder copy = new StringBuilder();
        shell.copyInText("content", "file");

        shell.copyOut("file", new OutputStream() {
            @Override
            public void write(int unit) {
                refusal.set(call.failureOn(shell));
                copy.append((char) unit);
            }
        });

        assertRefused(Objects.requireNonNull(refusal.get()));
        assertThat(copy).hasToString("content");
    }

    private static void assertRefused(@Nullable Throwable refusal) {
        assertThat(refusal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this thread is in the middle of another call on the same shell")
                .hasMessageStartingWith("Cannot ");
    }

    @ParameterizedTest
    @EnumSource
    void letsAContinuationCallAnything(Call call) {
        CompletableFuture<Throwable> end = shell.runAsync("echo one").thenApply(result -> {
            Throwable failure = call.failureOn(shell);
            return failure == null ? new Exception("none, after " + result.stdout()) : failure;
        });

        assertThat(end.join()).hasMessage("none, after one\n");
    }

    /** The shell is of no pool: to close it is to wait until its container is gone. */
    @Test
    void endsTheCommandOfAListenerThatClosesTheShell() {
        Shell alone = Shell.open(BUSYBOX);

        Throwable failure = catchThrowable(
                () -> alone.run(Command.of("echo one; sleep 60").onOutput((stream, bytes) -> alone.close())));

        assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The shell was closed while running `echo one; sleep 60`");
        assertClosed(alone);
    }

    @Test
    void letsAContinuationCloseTheShell() {
        Shell alone = Shell.open(BUSYBOX);

        alone.runAsync("echo one").thenRun(alone::close).join();

        assertClosed(alone);
    }

    private static void assertClosed(Shell closed) {
        for (Call call : Call.values()) {
            assertThat(call.failureOn(closed))
                    .as(call.name())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the shell is closed");
        }
    }

    @Test
    void letsOtherThreadsWaitUntilTheListenersCommandHasEnded() {
        AtomicReference<CompletableFuture<CommandResult>> other = new AtomicReference<>();

        shell.run(Command.of("echo one").onOutput((stream, bytes) ->
                other.set(CompletableFuture.supplyAsync(() -> shell.run("echo two")))));

        assertThat(Objects.requireNonNull(other.get()).join().stdout()).isEqualTo("two\n");
    }

    @Test
    void endsByAnInterruptWhereAListenerWaitsForAnotherThread() throws InterruptedException {
        AtomicReference<Throwable> end = new AtomicReference<>();
        CountDownLatch waits = new CountDownLatch(1);
        Thread caller = new Thread(() -> end.set(catchThrowable(() -> shell.run(Command.of("echo one; sleep 60")
                .onOutput((stream, bytes) -> {
                    CompletableFuture<CommandResult> other = CompletableFuture.supplyAsync(() -> shell.run("echo two"));
                    waits.countDown();
                    try {
                        other.get();
                    } catch (Exception e) {
                        Thread.currentThread().interrupt();
                    }
                })))));

        caller.start();
        waits.await();
        caller.interrupt();
        caller.join();

        assertThat(end.get()).isInstanceOf(SandboxInterruptedException.class);
        assertThat(shell.run("echo three").stdout()).isEqualTo("three\n");
    }

    /** What a thread is doing when another one closes the shell; it begins by counting down. */
    private static Consumer<CountDownLatch> busy(Shell shell, Call call) {
        return switch (call) {
            case RUN, START, CHECKPOINT, STATUS, DIRECTORY, RESET -> begun -> shell.run(Command.of("echo; sleep 60")
                    .onOutput((stream, bytes) -> begun.countDown()));
            case RUN_ASYNC -> begun -> join(shell.runAsync(
                    Command.of("echo; sleep 60").onOutput((stream, bytes) -> begun.countDown())));
            case COPY_IN_BYTES, COPY_IN_FILE, COPY_IN_STREAM, COPY_IN_TEXT -> begun -> shell.copyIn(
                    new InputStream() {
                        @Override
                        public int read() {
                            begun.countDown();
                            return 'x';
                        }

                        @Override
                        public int read(byte[] bytes, int offset, int length) throws IOException {
                            begun.countDown();
                            return length;
                        }
                    },
                    "/dev/null");
            case COPY_OUT, COPY_OUT_STREAM -> begun -> {
                while (true) {
                    begun.countDown();
                    shell.copyOut("/bin/busybox");
                }
            };
        };
    }

    private static void join(CompletableFuture<CommandResult> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWhatOtherThreadsDoWhenItIsClosed(Call call) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        AtomicReference<Throwable> waiting = new AtomicReference<>();
        ThrowingCallable use = () -> busy(shell, call).accept(begun);
        Thread user = new Thread(() -> end.set(catchThrowable(use)));
        Thread waiter = new Thread(() -> waiting.set(call.failureOn(shell)));

        user.start();
        begun.await();
        waiter.start();
        if (call != Call.COPY_OUT && call != Call.COPY_OUT_STREAM && call != Call.RUN_ASYNC) {
            while (waiter.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        shell.close();
        user.join();
        waiter.join();

        assertThat(end.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        if (waiting.get() != null) {
            Throwable cause = waiting.get().getCause();
            assertThat(cause instanceof IllegalStateException ? cause : waiting.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }
}
