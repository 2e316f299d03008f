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
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamConnection;
import org.junitsandbox.internal.stream.StreamSink;

/**
 * Plays a container's supervisor. It answers each request at once and rightly, as far as a test does not say otherwise;
 * a command ends with status 0 in /work.
 */
final class FakeSupervisor implements StreamConnection {

    /** A "run" request. */
    record Run(long id, String status, String input, String word) {}

    @FunctionalInterface
    private interface Event {
        /** Returns false if the streams have ended. */
        boolean happen(StreamSink sink) throws IOException;
    }

    private final Deque<Event> events = new ArrayDeque<>();
    private final Map<String, Consumer<String>> answers = new HashMap<>();
    private final Deque<Consumer<Run>> commands = new ArrayDeque<>();

    /**
     * All requests but "run", as they came, and but "oom", which comes after each command that a busy machine was slow
     * with.
     */
    final List<String> requests = new ArrayList<>();

    /** All "run" requests. */
    final List<Run> runs = new ArrayList<>();

    /** What came with each "data". */
    final List<byte[]> data = new ArrayList<>();

    private String nonce = "";
    private long dataExpected = -1;
    private boolean sendingFails;
    private boolean flooded;

    FakeSupervisor() {
        onRequest("ping", id -> both("pong " + id));
        onRequest("kill", id -> both("killed " + id));
        onRequest("oom", none -> answer(StandardStream.STDOUT, "oom 0"));
        onRequest("drop", none -> {});
        onRequest("data", slot -> answer(StandardStream.STDOUT, "data 0"));
    }

    /** Has a kind of request answered in another way from now on; it is told the request's arguments. */
    void onRequest(String verb, Consumer<String> answer) {
        answers.put(verb, answer);
    }

    /** Says what the next command does for which nothing is said yet. */
    void onRun(Consumer<Run> command) {
        commands.add(command);
    }

    void stdout(String text) {
        say(StandardStream.STDOUT, text);
    }

    void stderr(String text) {
        say(StandardStream.STDERR, text);
    }

    void say(StandardStream stream, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        events.add(sink -> {
            sink.accept(stream, bytes, 0, bytes.length);
            return true;
        });
    }

    String marker(String answer) {
        return "\u001e" + nonce + " " + answer + "\u001e";
    }

    void answer(StandardStream stream, String answer) {
        say(stream, marker(answer));
    }

    private void both(String answer) {
        answer(StandardStream.STDOUT, answer);
        answer(StandardStream.STDERR, answer);
    }

    void end(Run run, int status, String directory) {
        answer(StandardStream.STDOUT, "end " + run.id() + " " + status);
        answer(StandardStream.STDERR, "end " + run.id() + " " + directory);
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

    /** Has what is sent from now on not arrive. */
    void failOnSending() {
        sendingFails = true;
    }

    /** Has a process write for ever. */
    void flood() {
        flooded = true;
    }

    void interruptCaller() {
        events.add(sink -> {
            Thread.currentThread().interrupt();
            return true;
        });
    }

    void interruptCallerWithAnswer(String answer) {
        byte[] bytes = marker(answer).getBytes(UTF_8);
        events.add(sink -> {
            sink.accept(StandardStream.STDOUT, bytes, 0, bytes.length);
            Thread.currentThread().interrupt();
            return true;
        });
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        if (sendingFails) {
            throw new IOException("broken pipe");
        }
        if (dataExpected >= 0) {
            if (bytes.length != dataExpected) {
                throw new AssertionError(dataExpected + " bytes were announced, " + bytes.length + " came");
            }
            dataExpected = -1;
            data.add(bytes);
            accept("data", "");
            return;
        }
        String text = new String(bytes, UTF_8);
        if (!text.endsWith("\n")) {
            throw new AssertionError("not a whole line: " + text);
        }
        text = text.substring(0, text.length() - 1);
        if (nonce.isEmpty()) {
            String firstLine = text.substring(0, text.indexOf('\n'));
            nonce = firstLine.substring(0, firstLine.indexOf(' '));
            text = text.substring(firstLine.length() + 1);
        }
        String verb = text.split(" ", 2)[0];
        if (verb.equals("run")) {
            run(text);
            return;
        }
        if (!verb.equals("oom")) {
            requests.add(text);
        }
        if (verb.equals("data")) {
            String[] words = text.split(" ", -1);
            dataExpected = Long.parseLong(words[2]) * 65_536 + Long.parseLong(words[3]);
        } else {
            accept(verb, text.substring(Math.min(verb.length() + 1, text.length())));
        }
    }

    private void accept(String verb, String arguments) {
        Consumer<String> answer = answers.get(verb);
        if (answer == null) {
            throw new AssertionError("no such request: " + verb);
        }
        answer.accept(arguments);
    }

    private void run(String text) {
        String[] words = text.split("[ \n]", 6);
        String head = String.join(" ", List.of(words).subList(0, 5));
        long lines = Long.parseLong(words[4]);
        if (lines != words[5].split("\n", -1).length || text.charAt(head.length()) != (lines == 1 ? ' ' : '\n')) {
            throw new AssertionError("not a run of " + lines + " lines: " + text);
        }
        Run run = new Run(Long.parseLong(words[1]), words[2], words[3], words[5]);
        runs.add(run);
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
