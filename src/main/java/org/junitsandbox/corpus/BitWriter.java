package org.junitsandbox.corpus;

import java.io.ByteArrayOutputStream;

/** Puts bits together, the lowest bit of a byte first, as deflate does. */
final class BitWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long pending;
    private int count;

    BitWriter bits(int width, int value) {
        pending |= (long) value << count;
        count += width;
        while (count >= 8) {
            out.write((int) pending);
            pending >>>= 8;
            count -= 8;
        }
        return this;
    }

    /** Zeros up to the next byte. */
    BitWriter align() {
        return count == 0 ? this : bits(8 - count, 0);
    }

    BitWriter bytes(byte[] bytes) {
        align();
        out.writeBytes(bytes);
        return this;
    }

    byte[] toArray() {
        align();
        return out.toByteArray();
    }
}
