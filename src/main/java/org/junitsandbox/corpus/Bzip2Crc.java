package org.junitsandbox.corpus;

/** The checksum of bzip2: CRC-32 with the highest bit first. */
final class Bzip2Crc {

    private static final int POLYNOMIAL = 0x04c11db7;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ POLYNOMIAL : value << 1;
            }
            TABLE[i] = value;
        }
    }

    private Bzip2Crc() {}

    static int of(byte[] bytes) {
        int crc = -1;
        for (byte each : bytes) {
            crc = next(crc, each & 0xff);
        }
        return ~crc;
    }

    static int ofZeros(long count) {
        int crc = -1;
        for (long i = 0; i < count; i++) {
            crc = next(crc, 0);
        }
        return ~crc;
    }

    private static int next(int crc, int value) {
        return crc << 8 ^ TABLE[crc >>> 24 ^ value];
    }
}
