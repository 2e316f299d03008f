package org.junitsandbox.internal.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.protocol.RequestReader;
import org.junitsandbox.internal.protocol.SupervisorMessage.Pong;
import org.junitsandbox.internal.protocol.SupervisorRequest;
import org.junitsandbox.internal.protocol.SupervisorRequest.Open;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.internal.protocol.SupervisorRequest.ReadCounters;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;

/** An engine whose containers start, die and are removed when a test lets them, and do nothing but answer pings. */
final class FakeEngine implements ContainerEngine {

    private final int cpus;
    private final List<Container> started = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Semaphore starts = new Semaphore(Integer.MAX_VALUE / 2);
    private final Semaphore removals = new Semaphore(Integer.MAX_VALUE / 2);
    private int alive;
    private int mostAlive;
    private LeftBehind leftBehind = new LeftBehind(0, 0);

    FakeEngine(int cpus) {
        this.cpus = cpus;
    }

    /** Holds up all starts until {@link #letStart}. */
    void holdStarts() {
        starts.drainPermits();
    }

    void letStart(int number) {
        starts.release(number);
    }

    void holdRemovals() {
        removals.drainPermits();
    }

    void letRemove(int number) {
        removals.release(number);
    }

    /** Makes the next start fail that is not finished. */
    synchronized void failNextStart(String message) {
        failures.add(message);
    }

    /** Returns all containers there ever were, in the order in which they got ready. */
    synchronized List<Container> started() {
        return List.copyOf(started);
    }

    /** How many there are, from the beginning of the start to the end of the removal. */
    synchronized int alive() {
        return alive;
    }

    synchronized int mostAlive() {
        return mostAlive;
    }

    @Override
    public AttachedContainer start(ContainerConfig config) throws EngineException {
        changeAlive(1);
        starts.acquireUninterruptibly();
        synchronized (this) {
            if (!failures.isEmpty()) {
                changeAlive(-1);
                throw new EngineException(EngineException.Fault.ENGINE, failures.remove(0), null);
            }
            Container container = new Container(config.image() + started.size());
            started.add(container);
            return container;
        }
    }

    /** How often it was asked to remove what was left behind, and how many there were alive the last time. */
    record LeftBehind(int asked, int alive) {}

    synchronized LeftBehind leftBehind() {
        return leftBehind;
    }

    @Override
    public synchronized void removeLeftBehind(long sinceNanos) {
        leftBehind = new LeftBehind(leftBehind.asked + 1, alive);
    }

    private synchronized void changeAlive(int by) {
        alive += by;
        mostAlive = Math.max(mostAlive, alive);
    }

    /** One of its containers. */
    final class Container implements AttachedContainer {

        private final String id;
        private final RequestReader reader = new RequestReader();
        private byte[] pending = {};
        private volatile boolean dead;
        private boolean closed;

        private Container(String id) {
            this.id = id;
        }

        /** Has it end without a word. */
        void die() {
            dead = true;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void send(byte[] bytes) {
            SupervisorRequest request = reader.read(bytes);
            if (request instanceof ReadCounters) {
                return;
            }
            Ping ping = request instanceof Open open ? open.ping() : (Ping) request;
            pending = reader.marker(new Pong(ping.id())).getBytes(UTF_8);
        }

        @Override
        public boolean receive(long timeoutNanos, StreamSink sink) throws IOException {
            if (dead) {
                return false;
            }
            if (pending.length == 0) {
                throw new AssertionError("Waits for an answer that does not come");
            }
            sink.accept(StandardStream.STDOUT, pending, 0, pending.length);
            sink.accept(StandardStream.STDERR, pending, 0, pending.length);
            pending = new byte[0];
            return true;
        }

        @Override
        public State state() {
            return dead ? State.ENDED : State.RUNNING;
        }

        synchronized boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            removals.acquireUninterruptibly();
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            changeAlive(-1);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    @Override
    public int cpus() {
        return cpus;
    }

    @Override
    public String description() {
        return "an engine that is a fake";
    }

    @Override
    public Optional<ImageStore> images() {
        throw new UnsupportedOperationException("A pool knows images only by their ids");
    }
}
