package org.junitsandbox.corpus;

/** Chunks of LZMA2, as xz and 7z have them. */
final class Lzma2 {

    /** The most that one packed chunk holds. */
    static final int ZEROS_IN_CHUNK = 2 << 20;

    /** A dictionary of 2 MiB. */
    static final int DICTIONARY = 18;

    /** A dictionary of 4 GiB less one byte, the largest. */
    static final int LARGEST_DICTIONARY = 40;

    static final int COPY_WITH_RESET = 1;
    static final int COPY = 2;

    private static final int PACKED_WITH_RESET = 0xe0;

    private Lzma2() {}

    static byte[] copied(byte[] content) {
        return new Bytes().raw(chunk(COPY_WITH_RESET, content)).raw(0).toArray();
    }

    /** At most 64 KiB, as they are. */
    static byte[] chunk(int control, byte[] content) {
        return new Bytes().raw(control).big(2, content.length - 1L).raw(content).toArray();
    }

    /** Each chunk begins anew, and so all are equal. */
    static byte[] zeros(int chunks) {
        byte[] packed = LzmaZeros.pack(ZEROS_IN_CHUNK);
        Bytes out = new Bytes();
        for (int i = 0; i < chunks; i++) {
            out.raw(packedChunk(packed, 0));
        }
        return out.raw(0).toArray();
    }

    static byte[] packedChunk(byte[] packed, int properties) {
        int size = ZEROS_IN_CHUNK - 1;
        return new Bytes()
                .raw(PACKED_WITH_RESET | size >>> 16)
                .big(2, size)
                .big(2, packed.length - 1L)
                .raw(properties)
                .raw(packed)
                .toArray();
    }
}
