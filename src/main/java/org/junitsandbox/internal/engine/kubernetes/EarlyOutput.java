package org.junitsandbox.internal.engine.kubernetes;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;

/** Keeps output that comes while nobody waits for it. */
final class EarlyOutput implements StreamSink {

    private static final int MAX_BYTES = 64 * 1024;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(StandardStream stream, byte[] bytes) {}

    private final Queue<Chunk> chunks = new ArrayDeque<>();
    private int size;

    @Override
    public void accept(StandardStream stream, byte[] bytes, int offset, int length) {
        chunks.add(new Chunk(stream, Arrays.copyOfRange(bytes, offset, offset + length)));
        size += length;
    }

    /** Whether more may be received before this is taken. */
    boolean hasRoom() {
        return size < MAX_BYTES;
    }

    /** Hands all of it on. Returns whether there was something. */
    boolean handOn(StreamSink sink) {
        boolean some = !chunks.isEmpty();
        for (Chunk chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            sink.accept(chunk.stream(), chunk.bytes(), 0, chunk.bytes().length);
        }
        size = 0;
        return some;
    }
}
