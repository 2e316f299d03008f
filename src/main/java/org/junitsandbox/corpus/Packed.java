package org.junitsandbox.corpus;

/** Packed data, and what comes out of them. */
final class Packed {

    private final byte[] bytes;
    private final long size;
    private final long crc;

    /**
     * @param bytes as packed
     * @param size the number of bytes that come out
     * @param crc the CRC-32 of what comes out
     */
    Packed(byte[] bytes, long size, long crc) {
        this.bytes = bytes;
        this.size = size;
        this.crc = crc;
    }

    byte[] bytes() {
        return bytes;
    }

    long size() {
        return size;
    }

    long crc() {
        return crc;
    }
}
