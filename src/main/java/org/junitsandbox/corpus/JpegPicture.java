package org.junitsandbox.corpus;

/** Puts JPEG pictures together, segment by segment; what is not set is that of a small grey one. */
final class JpegPicture {

    static final int BASELINE = 0xc0;
    static final int PROGRESSIVE = 0xc2;
    static final int HUFFMAN = 0xc4;
    static final int END = 0xd9;
    static final int SCAN = 0xda;
    static final int QUANTIZATION = 0xdb;
    static final int APPLICATION = 0xe0;
    static final int COMMENT = 0xfe;

    private static final int SIDE = PictureKind.SIDE;

    /** A block whose values are all those of the block before it is two bits, 00; ones fill the byte. */
    private static final byte[] BLOCK = {0x3f};

    private final Bytes out = new Bytes().raw(0xff, 0xd8);

    static byte[] small() {
        return new JpegPicture().rest().toArray();
    }

    /** Of all segments of the small picture, in their order. */
    JpegPicture rest() {
        return application().tables().frame(SIDE, SIDE).scan().end();
    }

    JpegPicture application() {
        return segment(APPLICATION, jfif(0, 0));
    }

    /** The first segment, with the size of a thumbnail that is not there. */
    static byte[] jfif(int width, int height) {
        return new Bytes()
                .text("JFIF\0")
                .raw(1, 1, 0, 0, 1, 0, 1, width, height)
                .toArray();
    }

    JpegPicture tables() {
        return quantization().huffman(0, 0).huffman(0x10, 0);
    }

    JpegPicture quantization() {
        Bytes table = new Bytes().raw(0);
        for (int i = 0; i < 64; i++) {
            table.raw(1);
        }
        return segment(QUANTIZATION, table.toArray());
    }

    /** A table with one code, which has one bit: 0. */
    JpegPicture huffman(int kindAndNumber, int symbol) {
        return segment(
                HUFFMAN,
                new Bytes().raw(kindAndNumber, 1).zeros(15).raw(symbol).toArray());
    }

    JpegPicture frame(int width, int height) {
        return segment(BASELINE, frame(8, width, height, 1, 1, 0x11, 0));
    }

    /** The content of a frame's header: the depth, the size, the number of components, and three bytes for each. */
    static byte[] frame(int depth, int width, int height, int... components) {
        return new Bytes()
                .raw(depth)
                .big(2, height)
                .big(2, width)
                .raw(components)
                .toArray();
    }

    JpegPicture scan() {
        return scan(0, 63, BLOCK);
    }

    JpegPicture scan(int from, int to, byte[] codes) {
        return segment(SCAN, new byte[] {1, 1, 0, (byte) from, (byte) to, 0}).raw(codes);
    }

    JpegPicture segment(int code, byte[] content) {
        return segment(code, 2 + content.length, content);
    }

    JpegPicture segment(int code, int length, byte[] content) {
        out.raw(0xff, code).big(2, length).raw(content);
        return this;
    }

    JpegPicture raw(byte[] bytes) {
        out.raw(bytes);
        return this;
    }

    JpegPicture end() {
        out.raw(0xff, END);
        return this;
    }

    int size() {
        return out.size();
    }

    byte[] toArray() {
        return out.toArray();
    }
}
