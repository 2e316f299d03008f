package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamConnection;
import org.junitsandbox.internal.stream.StreamSink;

/**
 * The streams of a container that says what it is told to, in frames and with cuts at random; a {@link FrameDecoder}
 * reads them. It answers what a supervisor is asked beside commands. Text is in ISO 8859-1, which stands for any bytes.
 */
final class ScriptedContainer implements StreamConnection {

    private static final int LARGEST_FRAME = 20_000;

    private final LongConsumer onRun;
    private final Deque<byte[]> received = new ArrayDeque<>();
    private final StringBuilder[] unsent = {new StringBuilder(), new StringBuilder()};
    private final FrameDecoder decoder = new FrameDecoder();
    private SplittableRandom random = new SplittableRandom(0);
    private String nonce = "";
    private long oomKills;
    private boolean shellEnded;

    /**
     * @param onRun told the id of each command, to say what comes of it
     */
    ScriptedContainer(LongConsumer onRun) {
        this.onRun = onRun;
    }

    /** Frames and cuts from now on are those of a seed. */
    void cutAsBySeed(long seed) {
        random = new SplittableRandom(seed);
    }

    String nonce() {
        return nonce;
    }

    /** The next question is answered with that, too. */
    void endShell() {
        shellEnded = true;
    }

    void countOomKill() {
        oomKills++;
    }

    /**
     * Has a stream say something; it comes with what the other one says up to {@link #flush}, in any order of the two.
     */
    void say(StandardStream stream, String text) {
        unsent[stream == StandardStream.STDOUT ? 0 : 1].append(text);
    }

    private void answer(StandardStream stream, String answer) {
        say(stream, "\u001e" + nonce + " " + answer + "\u001e");
    }

    private void answerOnBoth(String answer) {
        answer(StandardStream.STDOUT, answer);
        answer(StandardStream.STDERR, answer);
    }

    /** Puts what was said into frames, and the frames into pieces. */
    void flush() {
        StringBuilder frames = new StringBuilder();
        while (!unsent[0].isEmpty() || !unsent[1].isEmpty()) {
            int stream = unsent[0].isEmpty() ? 1 : unsent[1].isEmpty() ? 0 : random.nextInt(2);
            int length = Math.min(unsent[stream].length(), random.nextInt(random.nextBoolean() ? 4 : LARGEST_FRAME));
            byte[] header = ByteBuffer.allocate(8).put((byte) (stream + 1)).put(new byte[3]).putInt(length).array();
            frames.append(new String(header, ISO_8859_1)).append(unsent[stream], 0, length);
            unsent[stream].delete(0, length);
        }
        int most = random.nextBoolean() ? 12 : LARGEST_FRAME * 2;
        int start = 0;
        while (start < frames.length()) {
            int end = Math.min(frames.length(), start + random.nextInt(1, most));
            received.add(frames.substring(start, end).getBytes(ISO_8859_1));
            start = end;
        }
    }

    /** Whether all that was said has been read, and ends where it may. */
    boolean isReadToItsEnd() {
        return received.isEmpty() && decoder.isBetweenFrames();
    }

    @Override
    public void send(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        if (nonce.isEmpty()) {
            nonce = text.substring(0, text.indexOf(' '));
            text = text.substring(text.indexOf('\n') + 1);
        }
        String[] words = text.strip().split(" ", -1);
        switch (words[0]) {
            case "ping" -> {
                if (shellEnded) {
                    answer(StandardStream.STDOUT, "gone " + words[1]);
                    shellEnded = false;
                }
                answerOnBoth("pong " + words[1]);
            }
            case "oom" -> answer(StandardStream.STDOUT, "oom " + oomKills);
            case "run" -> onRun.accept(Long.parseLong(words[1]));
            default -> throw new AssertionError("no such request: " + text);
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
