package org.junitsandbox.corpus;

import java.util.Arrays;
import java.util.zip.CRC32;

/** Packs repeated bytes with deflate's fixed codes (RFC 1951 section 3.2.6): enough for archives in archives. */
final class LzDeflate {

    private static final int MIN_MATCH = 4;
    private static final int MAX_MATCH = 258;
    private static final int WINDOW = 32_768;
    private static final int HASH_BITS = 14;
    private static final int END = 256;

    private final byte[] bytes;
    private final BitWriter out = new BitWriter();

    private LzDeflate(byte[] bytes) {
        this.bytes = bytes;
    }

    static Packed pack(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return new Packed(new LzDeflate(bytes).pack(), bytes.length, crc.getValue());
    }

    private byte[] pack() {
        out.bits(3, 0b011);
        int[] last = new int[1 << HASH_BITS];
        Arrays.fill(last, -1);
        int at = 0;
        while (at < bytes.length) {
            int candidate = at + MIN_MATCH <= bytes.length ? last[hash(at)] : -1;
            int length = candidate >= 0 && at - candidate <= WINDOW ? matchLength(candidate, at) : 0;
            int next = at + 1;
            if (length >= MIN_MATCH) {
                match(length, at - candidate);
                next = at + length;
            } else {
                symbol(bytes[at] & 0xff);
            }
            for (; at < next; at++) {
                if (at + MIN_MATCH <= bytes.length) {
                    last[hash(at)] = at;
                }
            }
        }
        symbol(END);
        return out.toArray();
    }

    private int hash(int at) {
        int four = (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
        return (four * 0x9e3779b1) >>> (32 - HASH_BITS);
    }

    private int matchLength(int from, int at) {
        int limit = Math.min(MAX_MATCH, bytes.length - at);
        int length = 0;
        while (length < limit && bytes[from + length] == bytes[at + length]) {
            length++;
        }
        return length;
    }

    /** Lengths and distances have codes for ranges, which double in size every 4 and every 2 codes. */
    private void match(int length, int distance) {
        if (length == MAX_MATCH) {
            symbol(285);
        } else if (length < 11) {
            symbol(254 + length);
        } else {
            int extra = 29 - Integer.numberOfLeadingZeros(length - 3);
            symbol(257 + 4 * extra + ((length - 3) >> extra));
            out.bits(extra, length - 3 & (1 << extra) - 1);
        }
        int from = distance - 1;
        int extra = from < 4 ? 0 : 30 - Integer.numberOfLeadingZeros(from);
        code(5, 2 * extra + (from >> extra));
        out.bits(extra, from & (1 << extra) - 1);
    }

    private void symbol(int value) {
        if (value < 144) {
            code(8, 0x30 + value);
        } else if (value < 256) {
            code(9, 0x190 + value - 144);
        } else if (value < 280) {
            code(7, value - 256);
        } else {
            code(8, 0xc0 + value - 280);
        }
    }

    /** Codes are written from their highest bit. */
    private void code(int width, int value) {
        out.bits(width, Integer.reverse(value) >>> (32 - width));
    }
}
