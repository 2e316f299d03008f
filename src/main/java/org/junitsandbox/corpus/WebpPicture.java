package org.junitsandbox.corpus;

/** Puts WebP pictures together, chunk by chunk, and what is in chunks. */
final class WebpPicture {

    static final String LOSSLESS = "VP8L";
    static final String FRAME = "ANMF";
    static final int ANIMATED = 2;
    static final int XMP = 4;
    static final int EXIF = 8;
    static final int PROFILE = 0x20;

    /** Of the file and of the first chunk. */
    static final int HEADER_BYTES = 12;

    static final int CHUNK_HEADER_BYTES = 8;

    private static final int SIDE = PictureKind.SIDE;

    private final Bytes chunks = new Bytes();

    static byte[] small() {
        return new WebpPicture().picture().toArray();
    }

    /** The small picture, which has one colour. */
    WebpPicture picture() {
        return chunk(LOSSLESS, pixels(SIDE, SIDE));
    }

    /** Grey pixels: each code of the lossless format has one symbol, which then needs no bits. */
    static byte[] pixels(int width, int height) {
        return codes(header(0x2f, width, height, 0).bits(3, 0)).toArray();
    }

    /** The signature, the size, and the version. */
    static BitWriter header(int signature, int width, int height, int version) {
        return new BitWriter()
                .bits(8, signature)
                .bits(14, width - 1)
                .bits(14, height - 1)
                .bits(1, 0)
                .bits(3, version);
    }

    /** The codes of green, red, blue, alpha and distance, each with one symbol. */
    static BitWriter codes(BitWriter out) {
        for (int symbol : new int[] {128, 128, 128, 255}) {
            out.bits(3, 0b101).bits(8, symbol);
        }
        return out.bits(4, 1);
    }

    /** What animations and metadata need first. */
    WebpPicture canvas(int flags, int width, int height) {
        return chunk(
                "VP8X",
                new Bytes()
                        .raw(flags, 0, 0, 0)
                        .little(3, width - 1)
                        .little(3, height - 1)
                        .toArray());
    }

    WebpPicture animation() {
        return chunk("ANIM", new byte[6]);
    }

    /** A frame of an animation, at an even place. */
    WebpPicture frame(int left, int top, int width, int height) {
        Bytes content = new Bytes()
                .little(3, left / 2)
                .little(3, top / 2)
                .little(3, width - 1)
                .little(3, height - 1)
                .little(3, 100)
                .raw(0);
        return chunk(FRAME, content.raw(chunkOf(LOSSLESS, pixels(width, height))).toArray());
    }

    private static byte[] chunkOf(String type, byte[] content) {
        return new Bytes()
                .raw(Bytes.latin1(type))
                .little(4, content.length)
                .raw(content)
                .padTo(2)
                .toArray();
    }

    WebpPicture chunk(String type, byte[] content) {
        chunks.raw(chunkOf(type, content));
        return this;
    }

    WebpPicture chunk(String type, long length, byte[] content) {
        chunks.raw(Bytes.latin1(type)).little(4, length).raw(content).padTo(2);
        return this;
    }

    byte[] toArray() {
        return toArray(4 + chunks.size());
    }

    /** With some size in the header of the file. */
    byte[] toArray(long size) {
        return new Bytes()
                .text("RIFF")
                .little(4, size)
                .text("WEBP")
                .raw(chunks.toArray())
                .toArray();
    }
}
