package org.junitsandbox.internal.protocol;

import java.io.ByteArrayOutputStream;

/** Keeps the first bytes of one stream of one command, up to a limit. Not safe for use by several threads. */
final class OutputBuffer {

    private final long limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private long total;

    /**
     * @param limit how many bytes to keep
     */
    OutputBuffer(long limit) {
        this.limit = limit;
    }

    void append(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, (int) Math.min(length, limit - kept.size()));
        total += length;
    }

    /** Whether some of the bytes were not kept. */
    boolean isTruncated() {
        return total > kept.size();
    }

    CapturedOutput toCaptured() {
        return new CapturedOutput(kept.toByteArray(), total);
    }
}
