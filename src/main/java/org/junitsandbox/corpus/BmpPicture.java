package org.junitsandbox.corpus;

/** Puts a BMP picture together; what is not set is that of a small one with 16 colours in 8 bits each. */
final class BmpPicture {

    /** Of the file, before that of the picture. */
    static final int FILE_HEADER_BYTES = 14;

    static final int HEADER_BYTES = 40;

    /** Compression by runs, with 8 bits for a pixel. */
    static final int RLE8 = 1;

    /** No compression, and a mask for each colour. */
    static final int MASKS = 3;

    private static final int SIDE = PictureKind.SIDE;
    private static final int COLOURS = 16;

    private long headerBytes = HEADER_BYTES;
    private long width = SIDE;
    private long height = SIDE;
    private int planes = 1;
    private int bits = 8;
    private long compression;
    private long used = COLOURS;
    private long fileBytes = -1;
    private long offset = -1;
    private byte[] data = rows(SIDE);

    static byte[] small() {
        return new BmpPicture().toArray();
    }

    /** Rows of the small picture, the lowest first. */
    static byte[] rows(int count) {
        Bytes rows = new Bytes();
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < SIDE; column++) {
                rows.raw((row + column) % COLOURS);
            }
        }
        return rows.toArray();
    }

    BmpPicture headerBytes(long stated) {
        headerBytes = stated;
        return this;
    }

    BmpPicture size(long statedWidth, long statedHeight) {
        width = statedWidth;
        height = statedHeight;
        return this;
    }

    BmpPicture planes(int stated) {
        planes = stated;
        return this;
    }

    BmpPicture bits(int ofPixel) {
        bits = ofPixel;
        return this;
    }

    BmpPicture compression(long method) {
        compression = method;
        return this;
    }

    /** The number of colours that the header states. */
    BmpPicture used(long stated) {
        used = stated;
        return this;
    }

    BmpPicture fileBytes(long stated) {
        fileBytes = stated;
        return this;
    }

    /** Where the rows begin, as the file's header states. */
    BmpPicture offset(long stated) {
        offset = stated;
        return this;
    }

    BmpPicture data(byte[] content) {
        data = content;
        return this;
    }

    /** Without the header of the file, as in icons. */
    byte[] withoutFileHeader() {
        Bytes out = new Bytes()
                .little(4, headerBytes)
                .little(4, width)
                .little(4, height)
                .little(2, planes)
                .little(2, bits)
                .little(4, compression)
                .little(4, 0)
                .little(4, 0)
                .little(4, 0)
                .little(4, used)
                .little(4, 0);
        for (int i = 0; i < COLOURS; i++) {
            out.raw(16 * i, 16 * i, 16 * i, 0);
        }
        return out.raw(data).toArray();
    }

    byte[] toArray() {
        byte[] rest = withoutFileHeader();
        return new Bytes()
                .text("BM")
                .little(4, fileBytes < 0 ? FILE_HEADER_BYTES + rest.length : fileBytes)
                .little(4, 0)
                .little(4, offset < 0 ? FILE_HEADER_BYTES + HEADER_BYTES + 4 * COLOURS : offset)
                .raw(rest)
                .toArray();
    }
}
