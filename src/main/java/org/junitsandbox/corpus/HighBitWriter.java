package org.junitsandbox.corpus;

import java.io.ByteArrayOutputStream;

/** Puts bits together, the highest bit of a byte first, as bzip2 does. */
final class HighBitWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int count;

    /** The lowest bits of a number, the highest first. */
    HighBitWriter bits(int width, long value) {
        for (int i = width - 1; i >= 0; i--) {
            pending = pending << 1 | (int) (value >>> i & 1);
            count++;
            if (count == 8) {
                out.write(pending);
                count = 0;
            }
        }
        return this;
    }

    /** The bytes, the last one filled with zeros. */
    byte[] toArray() {
        while (count != 0) {
            bits(1, 0);
        }
        return out.toByteArray();
    }
}
