package org.junitsandbox.corpus;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Packs long runs of one byte with deflate (RFC 1951), and copies all else. The JDK's own packer would do as well, but
 * which bytes come out of it depends on the system's zlib. A run takes two bits for each 258 bytes.
 */
final class Deflate {

    private static final int MAX_STORED = 0xffff;
    private static final int MAX_MATCH = 258;

    /** The orders and lengths of a code in which a match of 258 bytes takes one bit. */
    private static final int[] LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final int END = 256;
    private static final int MATCH = 285;

    private final BitWriter out = new BitWriter();
    private final CRC32 crc = new CRC32();
    private long size;

    Deflate copy(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += MAX_STORED) {
            int length = Math.min(MAX_STORED, bytes.length - from);
            out.bits(3, 0).align().bits(16, length).bits(16, ~length & 0xffff);
            out.bytes(Arrays.copyOfRange(bytes, from, from + length));
        }
        crc.update(bytes);
        size += bytes.length;
        return this;
    }

    Deflate run(int value, long length) {
        out.bits(3, 0b100);
        // 286 literal codes, 1 distance code, 18 lengths of length codes. Of these, 0, 1, 2 and 18 are used; 18 is a
        // run
        // of zeros.
        out.bits(5, 29).bits(5, 0).bits(4, 14);
        for (int i = 0; i < 18; i++) {
            int symbol = LENGTH_ORDER[i];
            out.bits(3, symbol == 18 || symbol <= 2 ? 2 : 0);
        }
        lengths(value);
        literal(1);
        long left = length - 1;
        for (; left >= MAX_MATCH; left -= MAX_MATCH) {
            // A match of 258 bytes at distance 1.
            out.bits(2, 0);
        }
        literal(left);
        out.bits(2, 0b11);
        count(value, length);
        return this;
    }

    /** Code lengths of 1 for a match, and of 2 for the value and the end. Codes of equal length are in order. */
    private void lengths(int value) {
        zeroLengths(value);
        length(2);
        zeroLengths(END - value - 1);
        length(2);
        zeroLengths(MATCH - END - 1);
        length(1);
        // The only distance.
        length(1);
    }

    /** The codes of the lengths 0, 1, 2 and 18 are 00, 01, 10 and 11; codes are written from the highest bit. */
    private void length(int value) {
        out.bits(2, value == 1 ? 0b10 : 0b01);
    }

    private void zeroLengths(int count) {
        int left = count;
        while (left >= 11) {
            int run = Math.min(left, 138);
            out.bits(2, 0b11).bits(7, run - 11);
            left -= run;
        }
        for (; left > 0; left--) {
            out.bits(2, 0);
        }
    }

    /** The value's code is 10. */
    private void literal(long times) {
        for (long i = 0; i < times; i++) {
            out.bits(2, 0b01);
        }
    }

    private void count(int value, long length) {
        byte[] chunk = new byte[1 << 16];
        Arrays.fill(chunk, (byte) value);
        for (long left = length; left > 0; left -= chunk.length) {
            crc.update(chunk, 0, (int) Math.min(left, chunk.length));
        }
        size += length;
    }

    /** The end: an empty last block. */
    Packed finish() {
        out.bits(3, 1).align().bits(16, 0).bits(16, 0xffff);
        return new Packed(out.toArray(), size, crc.getValue());
    }

    /** Text in the usual way. */
    static Packed of(String text) {
        return new Deflate().copy(Bytes.utf8(text)).finish();
    }
}
