package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.junitsandbox.internal.protocol.RequestReader;
import org.junitsandbox.internal.protocol.SupervisorMessage;
import org.junitsandbox.internal.protocol.SupervisorMessage.CountersRead;
import org.junitsandbox.internal.protocol.SupervisorMessage.OutOfMemoryKills;
import org.junitsandbox.internal.protocol.SupervisorMessage.Pong;
import org.junitsandbox.internal.protocol.SupervisorMessage.ShellGone;
import org.junitsandbox.internal.protocol.SupervisorRequest;
import org.junitsandbox.internal.protocol.SupervisorRequest.CountOutOfMemoryKills;
import org.junitsandbox.internal.protocol.SupervisorRequest.Open;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.internal.protocol.SupervisorRequest.ReadCounters;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamConnection;
import org.junitsandbox.internal.stream.StreamSink;

/**
 * The streams of a container that sends what a test writes, in frames and with cuts at random; a {@link FrameDecoder}
 * reads them. It answers the supervisor's other requests by itself. Text is in ISO 8859-1, which stands for any bytes.
 */
final class ScriptedContainer implements StreamConnection {

    private static final int MAX_FRAME_BYTES = 20_000;

    private final LongConsumer onRun;
    private final Deque<byte[]> received = new ArrayDeque<>();
    private final StringBuilder[] unsent = {new StringBuilder(), new StringBuilder()};
    private final RequestReader reader = new RequestReader();
    private final FrameDecoder decoder = new FrameDecoder();
    private SplittableRandom random = new SplittableRandom(0);
    private long oomKills;
    private boolean shellEnded;

    /**
     * @param onRun gets the id of each command, to write what it sends
     */
    ScriptedContainer(LongConsumer onRun) {
        this.onRun = onRun;
    }

    /** Frames and cuts from now on are those of a seed. */
    void cutAsBySeed(long seed) {
        random = new SplittableRandom(seed);
    }

    String nonce() {
        return reader.nonce();
    }

    /** The answer to the next ping reports that, too. */
    void endShell() {
        shellEnded = true;
    }

    void countOomKill() {
        oomKills++;
    }

    /**
     * Writes to a stream. Up to the next {@link #flush}, what both streams get is sent in any order of the two.
     */
    void write(StandardStream stream, String text) {
        unsent[stream == StandardStream.STDOUT ? 0 : 1].append(text);
    }

    /** Has the supervisor report something. */
    void report(StandardStream stream, SupervisorMessage message) {
        write(stream, reader.marker(message));
    }

    /** Puts what was written into frames, and the frames into pieces. */
    void flush() {
        StringBuilder frames = new StringBuilder();
        while (!unsent[0].isEmpty() || !unsent[1].isEmpty()) {
            int stream = unsent[0].isEmpty() ? 1 : unsent[1].isEmpty() ? 0 : random.nextInt(2);
            int length = Math.min(unsent[stream].length(), random.nextInt(random.nextBoolean() ? 4 : MAX_FRAME_BYTES));
            byte[] header = ByteBuffer.allocate(8).put((byte) (stream + 1)).put(new byte[3]).putInt(length).array();
            frames.append(new String(header, ISO_8859_1)).append(unsent[stream], 0, length);
            unsent[stream].delete(0, length);
        }
        int most = random.nextBoolean() ? 12 : MAX_FRAME_BYTES * 2;
        int start = 0;
        while (start < frames.length()) {
            int end = Math.min(frames.length(), start + random.nextInt(1, most));
            received.add(frames.substring(start, end).getBytes(ISO_8859_1));
            start = end;
        }
    }

    /** Whether everything that was written has been read, and ends where it may. */
    boolean isReadToItsEnd() {
        return received.isEmpty() && decoder.isBetweenFrames();
    }

    @Override
    public void send(byte[] bytes) {
        SupervisorRequest request = reader.read(bytes);
        if (request instanceof Open open) {
            request = open.ping();
        }
        if (request instanceof Ping ping) {
            if (shellEnded) {
                report(StandardStream.STDOUT, new ShellGone(ping.id()));
                shellEnded = false;
            }
            report(StandardStream.STDOUT, new Pong(ping.id()));
            report(StandardStream.STDERR, new Pong(ping.id()));
        } else if (request instanceof CountOutOfMemoryKills) {
            report(StandardStream.STDOUT, new OutOfMemoryKills(oomKills));
        } else if (request instanceof ReadCounters read) {
            report(StandardStream.STDOUT, new CountersRead(read.token(), ""));
        } else if (request instanceof Run run) {
            onRun.accept(run.id());
        } else {
            throw new AssertionError("no answer is known to " + request);
        }
        flush();
    }

    @Override
    public boolean receive(long timeoutNanos, StreamSink sink) throws IOException {
        if (timeoutNanos > 0 && received.isEmpty()) {
            throw new IOException("nothing is left to come, but more is waited for");
        }
        // All that is there, if there is no time to wait.
        do {
            byte[] piece = received.poll();
            if (piece != null) {
                decode(piece, sink);
            }
        } while (timeoutNanos == 0 && !received.isEmpty());
        return true;
    }

    /** Not at the array's borders, with edges of markers around it, in an array that is used again. */
    private void decode(byte[] piece, StreamSink sink) {
        int offset = random.nextInt(20);
        byte[] embedded = new byte[offset + piece.length + random.nextInt(20)];
        Arrays.fill(embedded, (byte) 0x1e);
        System.arraycopy(piece, 0, embedded, offset, piece.length);
        decoder.decode(embedded, offset, piece.length, sink);
        Arrays.fill(embedded, (byte) 0);
    }
}
