package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** Calls that end in time, late or by an interrupt. */
@Timeout(60)
class BoundedCallTests {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(50);

    private final CountDownLatch engineMoves = new CountDownLatch(1);
    private final BlockingQueue<Optional<String>> late = new LinkedBlockingQueue<>();
    private final CountDownLatch callInterrupted = new CountDownLatch(1);

    /** A call to an engine that does not answer until {@link #engineMoves}. */
    private String standStill() throws InterruptedException {
        try {
            engineMoves.await();
            return "done";
        } catch (InterruptedException e) {
            callInterrupted.countDown();
            throw e;
        }
    }

    private void addLate(@Nullable String result) {
        late.add(Optional.ofNullable(result));
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void returnsTheResult() throws EngineException {
        assertThat(BoundedCall.of("answer", LONG, () -> "done")).isEqualTo("done");
        assertThat(BoundedCall.of("answer", LONG, () -> "done", this::addLate)).isEqualTo("done");
        assertThat(BoundedCall.interruptible("answer", LONG, () -> "done")).isEqualTo("done");
        assertThat(late).isEmpty();
    }

    /** How docker-java reports that a connection failed. */
    private static RuntimeException connectionFailure(IOException failure) {
        return new RuntimeException(failure);
    }

    @Test
    void replacesConnectionsThatTheEngineHadClosed() throws EngineException {
        AtomicInteger calls = new AtomicInteger();

        assertThat(BoundedCall.of("answer", LONG, () -> {
                    if (calls.incrementAndGet() < 10) {
                        throw connectionFailure(new SocketException("Broken pipe"));
                    }
                    return "done";
                }))
                .isEqualTo("done");
    }

    @Test
    void givesUpOnAnEngineThatClosesEveryConnectionAndAtOnceOnOneThatIsMissing() {
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() -> BoundedCall.of("answer", LONG, () -> {
                    calls.incrementAndGet();
                    throw connectionFailure(new SocketException("Connection reset"));
                }))
                .hasMessage("The engine could not answer: java.net.SocketException: Connection reset");
        assertThat(calls).hasValueBetween(2, 100);
        calls.set(0);
        assertThatThrownBy(() -> BoundedCall.of("answer", LONG, () -> {
                    calls.incrementAndGet();
                    throw connectionFailure(new ConnectException("Connection refused"));
                }))
                .hasMessage("The engine could not answer: java.net.ConnectException: Connection refused");
        assertThat(calls).hasValue(1);
    }

    @Test
    void namesWhatWasAskedAndKeepsTheCause() {
        IOException cause = new IOException("broken pipe");

        assertThatThrownBy(() -> BoundedCall.of("create a container", LONG, () -> {
                    throw cause;
                }))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENGINE))
                .hasMessage("The engine could not create a container: broken pipe")
                .hasCause(cause);
    }

    @Test
    void endsAPlainCallAtItsTimeLimit() throws InterruptedException {
        assertThatThrownBy(() -> BoundedCall.of("answer", SHORT, this::standStill))
                .isInstanceOf(EngineException.class)
                .hasMessage("The engine did not answer within 0.05 s");
        callInterrupted.await();
    }

    @Test
    void endsAnInterruptibleCallAtItsTimeLimit() throws InterruptedException {
        assertThatThrownBy(() -> BoundedCall.interruptible("answer", SHORT, this::standStill))
                .isInstanceOf(EngineException.class)
                .hasMessage("The engine did not answer within 0.05 s");
        callInterrupted.await();
    }

    @Test
    void handsALateResultOver() throws InterruptedException {
        assertThatThrownBy(() -> BoundedCall.of("answer", SHORT, this::standStill, this::addLate))
                .isInstanceOf(EngineException.class)
                .hasMessage("The engine did not answer within 0.05 s");
        assertThat(late).isEmpty();

        engineMoves.countDown();

        assertThat(late.poll(LONG.toSeconds(), TimeUnit.SECONDS)).contains("done");
    }

    @Test
    void reportsALateFailure() throws InterruptedException {
        assertThatThrownBy(() -> BoundedCall.of(
                        "answer",
                        SHORT,
                        () -> {
                            engineMoves.await();
                            throw new IOException("broken pipe");
                        },
                        this::addLate))
                .isInstanceOf(EngineException.class);

        engineMoves.countDown();

        assertThat(late.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void goesOnAfterAnInterruptWithACallThatCouldLeaveSomethingBehind() throws EngineException {
        Thread caller = Thread.currentThread();
        caller.interrupt();

        String result = BoundedCall.of(
                "answer",
                LONG,
                () -> {
                    while (caller.isInterrupted()) {
                        // It has not come to wait yet.
                        Thread.onSpinWait();
                    }
                    return "done";
                },
                this::addLate);

        assertThat(result).isEqualTo("done");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void endsAnInterruptibleCallByAnInterrupt() throws InterruptedException {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> BoundedCall.interruptible("pull image busybox", LONG, this::standStill))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INTERRUPTED))
                .hasMessage("Interrupted while waiting for the engine to pull image busybox");

        assertThat(Thread.interrupted()).isTrue();
    }
}
