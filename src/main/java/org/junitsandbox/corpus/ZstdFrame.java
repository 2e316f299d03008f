package org.junitsandbox.corpus;

/** Writes Zstandard frames of raw and repeated blocks (RFC 8878). */
final class ZstdFrame {

    static final int MAX_BLOCK = 128 << 10;

    /** Kinds of blocks. */
    static final int RAW = 0;

    static final int REPEATED = 1;
    static final int RESERVED = 3;

    /** The header's descriptor: the content size has 8 bytes, 4 bytes, and there is a window. */
    static final int SIZE_8 = 0xc0;

    static final int SIZE_4 = 0x80;
    static final int CHECKSUM = 4;
    static final int DICTIONARY_1 = 1;
    static final int RESERVED_BIT = 8;

    /** A window of 1 MiB. */
    static final int WINDOW = 0x50;

    private static final int[] MAGIC = {0x28, 0xb5, 0x2f, 0xfd};

    private final Bytes out = new Bytes();

    /**
     * @param descriptor which of the fields follow
     * @param fields those fields, after the window
     */
    ZstdFrame(int descriptor, int window, byte[] fields) {
        out.raw(MAGIC).raw(descriptor, window).raw(fields);
    }

    static byte[] of(String text) {
        return withSize(Bytes.utf8(text).length).block(RAW, text).end();
    }

    static ZstdFrame withSize(long size) {
        return new ZstdFrame(SIZE_4, WINDOW, new Bytes().little(4, size).toArray());
    }

    /** A last block of text. */
    ZstdFrame block(int kind, String text) {
        byte[] content = Bytes.utf8(text);
        return block(true, kind, content.length, content);
    }

    /** A block whose size need not be true. */
    ZstdFrame block(boolean isLast, int kind, int size, byte[] content) {
        out.little(3, (isLast ? 1 : 0) | kind << 1 | (long) size << 3).raw(content);
        return this;
    }

    byte[] end() {
        return out.toArray();
    }

    /** Without content size. Each block is four bytes and gives 128 KiB. */
    static byte[] zeros(int blocks) {
        ZstdFrame frame = new ZstdFrame(0, WINDOW, new byte[0]);
        for (int i = 0; i < blocks; i++) {
            frame.block(i == blocks - 1, REPEATED, MAX_BLOCK, new byte[1]);
        }
        return frame.end();
    }

    /** A frame that readers skip. */
    static byte[] skippable(long size, byte[] content) {
        return new Bytes().little(4, 0x184d2a50L).little(4, size).raw(content).toArray();
    }
}
