package org.junitsandbox.internal.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes to send, made piece by piece when the ones before have been sent. */
public interface OutgoingBytes {

    /** Returns about how many bytes there are in all: what the time limit of a send depends on. */
    long length();

    /** Returns the next piece, which may be empty; null after the last one. */
    @Nullable ByteBuffer next() throws IOException;

    /** Bytes that are there as a whole. They must not be changed afterwards. */
    static OutgoingBytes of(byte[] bytes) {
        return new OutgoingBytes() {
            private @Nullable ByteBuffer left = ByteBuffer.wrap(bytes);

            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public @Nullable ByteBuffer next() {
                ByteBuffer next = left;
                left = null;
                return next;
            }
        };
    }
}
