package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
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
                String answer = new String(recording.answers().get(requests), ISO_8859_1);
                sent.writeBytes(answer.replace(recording.nonce(), reader.nonce()).getBytes(ISO_8859_1));
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
