package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandBegan;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandEnded;
import org.junitsandbox.internal.protocol.SupervisorMessage.CountersRead;
import org.junitsandbox.internal.protocol.SupervisorMessage.DataStored;
import org.junitsandbox.internal.protocol.SupervisorMessage.DirectoryReported;
import org.junitsandbox.internal.protocol.SupervisorMessage.Killed;
import org.junitsandbox.internal.protocol.SupervisorMessage.OutOfMemoryKills;
import org.junitsandbox.internal.protocol.SupervisorMessage.Pong;
import org.junitsandbox.internal.protocol.SupervisorMessage.StderrBegan;
import org.junitsandbox.internal.protocol.SupervisorRequest.CountOutOfMemoryKills;
import org.junitsandbox.internal.protocol.SupervisorRequest.Data;
import org.junitsandbox.internal.protocol.SupervisorRequest.Drop;
import org.junitsandbox.internal.protocol.SupervisorRequest.Init;
import org.junitsandbox.internal.protocol.SupervisorRequest.Kill;
import org.junitsandbox.internal.protocol.SupervisorRequest.Open;
import org.junitsandbox.internal.protocol.SupervisorRequest.Own;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.internal.protocol.SupervisorRequest.ReadCounters;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;
import org.junitsandbox.internal.protocol.SupervisorRequest.Setup;
import org.junitsandbox.internal.protocol.SupervisorRequest.Slot;
import org.junitsandbox.internal.protocol.SupervisorRequest.Sync;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamConnection;
import org.junitsandbox.internal.stream.StreamSink;

/**
 * Plays a container's supervisor. Unless a test sets something else, it answers each request at once and correctly, and
 * a command ends with status 0 in /work.
 */
final class FakeSupervisor implements StreamConnection {

    @FunctionalInterface
    private interface Event {
        /** Returns false if the streams have ended. */
        boolean happen(StreamSink sink) throws IOException;
    }

    /** The process id of the worker. */
    static final int WORKER = 17;

    private final Deque<Event> events = new ArrayDeque<>();
    private final Map<Class<?>, Consumer<SupervisorRequest>> answers = new HashMap<>();
    private final Deque<Consumer<Run>> commands = new ArrayDeque<>();

    /**
     * All requests but {@link Run}, as they came, and but {@link CountOutOfMemoryKills}, which comes after each command
     * that a busy machine was slow with.
     */
    final List<SupervisorRequest> requests = new ArrayList<>();

    /** All commands. */
    final List<Run> runs = new ArrayList<>();

    /** What came with each {@link Data}. */
    final List<byte[]> data = new ArrayList<>();

    private final RequestReader reader = new RequestReader();
    /** What the kernel has counted. */
    String counters = "memory.failcnt 0 \n";

    private @Nullable Data expectedData;
    private boolean sendingFails;
    private boolean flooded;

    FakeSupervisor() {
        onRequest(Ping.class, ping -> reportOnBoth(new Pong(ping.id())));
        onRequest(Sync.class, sync -> reportOnBoth(new Pong(sync.id())));
        onRequest(Kill.class, kill -> reportOnBoth(new Killed(kill.id())));
        onRequest(CountOutOfMemoryKills.class, count -> report(StandardStream.STDOUT, new OutOfMemoryKills(0)));
        onRequest(
                ReadCounters.class, read -> report(StandardStream.STDOUT, new CountersRead(read.token(), counters)));
        onRequest(Drop.class, drop -> {});
        onRequest(Data.class, stored -> report(StandardStream.STDOUT, new DataStored(0)));
        onRequest(Run.class, this::run);
        onRequest(Setup.class, setup -> {});
        onRequest(Init.class, init -> {});
        onRequest(Own.class, own -> {
            begin(own.id(), 0);
            report(StandardStream.STDOUT, new CommandEnded(own.id(), 0));
            report(StandardStream.STDERR, new DirectoryReported(own.id(), "-"));
        });
    }

    /** Sets how a kind of request is answered from now on. */
    <R extends SupervisorRequest> void onRequest(Class<R> kind, Consumer<R> answer) {
        answers.put(kind, request -> answer.accept(kind.cast(request)));
    }

    /** Sets what the next command does that has nothing set yet. */
    void onRun(Consumer<Run> command) {
        commands.add(command);
    }

    void stdout(String text) {
        write(StandardStream.STDOUT, text);
    }

    void stderr(String text) {
        write(StandardStream.STDERR, text);
    }

    void write(StandardStream stream, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        events.add(sink -> {
            sink.accept(stream, bytes, 0, bytes.length);
            return true;
        });
    }

    String marker(SupervisorMessage message) {
        return reader.marker(message);
    }

    void report(StandardStream stream, SupervisorMessage message) {
        write(stream, marker(message));
    }

    void reportOnBoth(SupervisorMessage message) {
        report(StandardStream.STDOUT, message);
        report(StandardStream.STDERR, message);
    }

    void begin(long id, long worker) {
        report(StandardStream.STDERR, new StderrBegan(id));
        report(StandardStream.STDOUT, new CommandBegan(id, worker));
    }

    void end(Run run, int status, String directory) {
        report(StandardStream.STDOUT, new CommandEnded(run.id(), status));
        report(StandardStream.STDERR, new DirectoryReported(run.id(), directory));
    }

    void end(Run run, int status) {
        end(run, status, "/work");
    }

    void endStreams() {
        events.add(sink -> false);
    }

    void breakStreams(IOException failure) {
        events.add(sink -> {
            throw failure;
        });
    }

    /** Lets nothing that is sent from now on arrive. */
    void failOnSending() {
        sendingFails = true;
    }

    /** Lets a process write forever. */
    void flood() {
        flooded = true;
    }

    void interruptCaller() {
        events.add(sink -> {
            Thread.currentThread().interrupt();
            return true;
        });
    }

    void interruptCallerWith(SupervisorMessage message) {
        byte[] bytes = marker(message).getBytes(UTF_8);
        events.add(sink -> {
            sink.accept(StandardStream.STDOUT, bytes, 0, bytes.length);
            Thread.currentThread().interrupt();
            return true;
        });
    }

    /** Returns the statuses that the commands found. */
    List<Integer> statuses() {
        return runs.stream().map(Run::status).toList();
    }

    List<String> words() {
        return runs.stream().map(Run::word).toList();
    }

    List<Slot> inputs() {
        return runs.stream().map(Run::input).toList();
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        if (sendingFails) {
            throw new IOException("broken pipe");
        }
        Data announced = expectedData;
        if (announced != null) {
            if (bytes.length != announced.length()) {
                throw new AssertionError(announced + " came before " + bytes.length + " bytes");
            }
            expectedData = null;
            data.add(bytes);
            answer(announced);
            return;
        }
        SupervisorRequest request = reader.read(bytes);
        if (request instanceof Open open) {
            request = open.ping();
        }
        if (!(request instanceof Run) && !(request instanceof CountOutOfMemoryKills)) {
            requests.add(request);
        }
        if (request instanceof Data announcement) {
            expectedData = announcement;
        } else {
            answer(request);
        }
    }

    private void answer(SupervisorRequest request) {
        Consumer<SupervisorRequest> answer = answers.get(request.getClass());
        if (answer == null) {
            throw new AssertionError("no answer is set for " + request);
        }
        answer.accept(request);
    }

    private void run(Run run) {
        runs.add(run);
        begin(run.id(), WORKER);
        Consumer<Run> command = commands.poll();
        if (command == null) {
            end(run, 0);
        } else {
            command.accept(run);
        }
    }

    @Override
    public boolean receive(long timeoutNanos, StreamSink sink) throws IOException {
        Event event = events.poll();
        if (event != null) {
            return event.happen(sink);
        }
        if (flooded && timeoutNanos == 0) {
            byte[] bytes = new byte[1 << 20];
            sink.accept(StandardStream.STDOUT, bytes, 0, bytes.length);
        }
        if (timeoutNanos > TimeUnit.SECONDS.toNanos(5)) {
            throw new AssertionError("waits for an answer that does not come, after " + requests);
        }
        if (timeoutNanos > 0) {
            LockSupport.parkNanos(timeoutNanos);
        }
        return true;
    }
}
