package org.junitsandbox.corpus;

/** Writes gzip members (RFC 1952). */
final class Gzip {

    static final int HEADER_CRC = 2;
    static final int EXTRA = 4;
    static final int NAME = 8;
    static final int COMMENT = 16;
    static final int RESERVED = 0xe0;

    private static final int[] MAGIC = {0x1f, 0x8b, 8};

    private Gzip() {}

    static byte[] of(String text) {
        return of(Deflate.of(text));
    }

    static byte[] of(byte[] bytes) {
        return of(new Deflate().copy(bytes).finish());
    }

    static byte[] of(Packed packed) {
        return member(0, new byte[0], packed.bytes(), packed.crc(), packed.size());
    }

    /**
     * @param flags which fields follow the header
     * @param fields those fields
     */
    static byte[] member(int flags, byte[] fields, byte[] data, long crc, long size) {
        // No time, no hint on the packer's effort, Unix.
        return new Bytes()
                .raw(MAGIC)
                .raw(flags, 0, 0, 0, 0, 0, 3)
                .raw(fields)
                .raw(data)
                .little(4, crc)
                .little(4, size)
                .toArray();
    }
}
