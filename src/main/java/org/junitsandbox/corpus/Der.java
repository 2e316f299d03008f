package org.junitsandbox.corpus;

import java.math.BigInteger;

/** Writes values in the distinguished encoding of ASN.1 (X.690). */
final class Der {

    static final int INTEGER = 2;
    static final int BITS = 3;
    static final int OCTETS = 4;
    static final int IDENTIFIER = 6;
    static final int UTF8 = 12;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private Der() {}

    static byte[] of(int tag, byte[]... parts) {
        Bytes content = new Bytes();
        for (byte[] part : parts) {
            content.raw(part);
        }
        return new Bytes()
                .raw(tag)
                .raw(length(content.size()))
                .raw(content.toArray())
                .toArray();
    }

    private static byte[] length(int size) {
        if (size < 0x80) {
            return new byte[] {(byte) size};
        }
        int width = (39 - Integer.numberOfLeadingZeros(size)) / 8;
        return new Bytes().raw(0x80 | width).big(width, size).toArray();
    }

    static byte[] sequence(byte[]... parts) {
        return of(SEQUENCE, parts);
    }

    static byte[] integer(BigInteger value) {
        return of(INTEGER, value.toByteArray());
    }

    static byte[] integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    /** An object identifier, encoded already. */
    static byte[] identifier(int... bytes) {
        return of(IDENTIFIER, new Bytes().raw(bytes).toArray());
    }

    static byte[] text(String text) {
        return of(UTF8, Bytes.utf8(text));
    }

    /** Without unused bits. */
    static byte[] bits(byte[] bytes) {
        return of(BITS, new byte[1], bytes);
    }

    static byte[] nothing() {
        return of(5);
    }
}
