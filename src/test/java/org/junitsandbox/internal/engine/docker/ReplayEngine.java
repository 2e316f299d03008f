package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.protocol.RequestReader;
import org.junitsandbox.internal.protocol.SupervisorRequest;
import org.junitsandbox.internal.protocol.SupervisorRequest.Data;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;

/**
 * An engine whose containers send what a real one once sent, in pieces and as far as a test wants it. For everything
 * else it is the real engine, which does not know such a container.
 */
public final class ReplayEngine implements ContainerEngine {

    /** The id of its containers. */
    public static final String ID = "0".repeat(64);

    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The id of a command in the messages of its begin and its end. */
    private static final Pattern COMMAND_ID = Pattern.compile("(\u001e\\S+ (?:begin|end) )(\\d+)(?=[ \u001e])");

    private final DockerEngine real;
    private final Recording recording;
    private final IntUnaryOperator pieces;
    private final int end;
    private final boolean broken;

    /**
     * What went over the wire in a session.
     *
     * @param nonce the session's nonce
     * @param answers the bytes that came after the session's first lines, after each command and after each input, in
     *     their order
     */
    public record Recording(String nonce, List<byte[]> answers) {

        /**
         * Gives all ids of commands the same width. They are other ones in a replay: each ping takes an id, and how
         * many are sent depends on how busy the machine is.
         */
        public Recording {
            answers = answers.stream().map(Recording::withWideIds).toList();
        }

        private static byte[] withWideIds(byte[] answer) {
            ByteArrayOutputStream wide = new ByteArrayOutputStream();
            ByteBuffer frames = ByteBuffer.wrap(answer);
            while (frames.hasRemaining()) {
                byte[] header = new byte[FrameDecoder.HEADER_BYTES - Integer.BYTES];
                frames.get(header);
                byte[] payload = new byte[frames.getInt()];
                frames.get(payload);
                byte[] changed = withIds(new String(payload, ISO_8859_1), Long::parseLong)
                        .getBytes(ISO_8859_1);
                wide.writeBytes(header);
                wide.writeBytes(
                        ByteBuffer.allocate(Integer.BYTES).putInt(changed.length).array());
                wide.writeBytes(changed);
            }
            return wide.toByteArray();
        }

        private static String withIds(String text, ToLongFunction<String> change) {
            return COMMAND_ID
                    .matcher(text)
                    .replaceAll(match -> Matcher.quoteReplacement(
                            "%s%06d".formatted(match.group(1), change.applyAsLong(match.group(2)))));
        }

        /** Returns an answer as one to a request of another session. */
        private byte[] answer(int number, String otherNonce, @Nullable SupervisorRequest request) {
            String text = new String(answers.get(number), ISO_8859_1).replace(nonce, otherNonce);
            return (request instanceof Run run ? withIds(text, id -> run.id()) : text).getBytes(ISO_8859_1);
        }

        /** How many bytes came. */
        public int length() {
            return answers.stream().mapToInt(answer -> answer.length).sum();
        }
    }

    private ReplayEngine(ContainerEngine real, Recording recording, IntUnaryOperator pieces, int end, boolean broken) {
        this.real = (DockerEngine) real;
        this.recording = recording;
        this.pieces = pieces;
        this.end = end;
        this.broken = broken;
    }

    /** All of the recording, in two pieces. */
    public static ReplayEngine split(ContainerEngine real, Recording recording, int offset) {
        return new ReplayEngine(
                real, recording, position -> position < offset ? offset : recording.length(), Integer.MAX_VALUE, false);
    }

    /** All of the recording, byte by byte. */
    public static ReplayEngine byByte(ContainerEngine real, Recording recording) {
        return new ReplayEngine(real, recording, position -> position + 1, Integer.MAX_VALUE, false);
    }

    /**
     * The recording up to an offset.
     *
     * @param broken whether the connection then breaks, rather than that it ends
     */
    public static ReplayEngine cut(ContainerEngine real, Recording recording, int offset, boolean broken) {
        return new ReplayEngine(real, recording, position -> recording.length(), offset, broken);
    }

    @Override
    public AttachedContainer start(ContainerConfig config) {
        return real.container(ID, new Replay());
    }

    @Override
    public void removeLeftBehind(long sinceNanos) {}

    /** The streams of one container. */
    private final class Replay implements Attachment {

        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final RequestReader reader = new RequestReader();
        private byte[] answers = {};
        private int requests;
        private int position;
        private boolean dataFollows;

        @Override
        public void send(byte[] bytes) throws IOException {
            if (broken && position == end) {
                throw new IOException("Broken pipe");
            }
            boolean first = reader.nonce().isEmpty();
            SupervisorRequest request = dataFollows ? null : reader.read(bytes);
            if (first || dataFollows || request instanceof Run) {
                sent.writeBytes(recording.answer(requests, reader.nonce(), request));
                answers = sent.toByteArray();
                requests++;
            }
            dataFollows = request instanceof Data;
        }

        @Override
        public int receive(byte[] buffer, long timeoutNanos) throws IOException {
            if (position == end) {
                if (broken) {
                    throw new IOException("Connection reset by peer");
                }
                return -1;
            }
            int piece = Math.min(Math.min(pieces.applyAsInt(position), end), answers.length);
            if (position == piece) {
                LockSupport.parkNanos(Math.min(timeoutNanos, NAP_NANOS));
            }
            int count = Math.min(piece - position, buffer.length);
            System.arraycopy(answers, position, buffer, 0, count);
            position += count;
            return count;
        }

        @Override
        public void close() {}
    }

    @Override
    public String description() {
        return "a recording of " + real.description();
    }

    @Override
    public int cpus() {
        return real.cpus();
    }

    @Override
    public Optional<ImageStore> images() {
        return real.images();
    }
}
