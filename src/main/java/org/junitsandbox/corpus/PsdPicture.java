package org.junitsandbox.corpus;

/** Puts documents of Photoshop together; what is not set is that of a small grey picture without layers. */
final class PsdPicture {

    static final int HEADER_BYTES = 26;
    static final int PACKED = 1;
    static final int GREY = 1;
    static final int INDEXED = 2;

    private static final int SIDE = PictureKind.SIDE;

    private String start = "8BPS\0\1\0\0\0\0\0\0";
    private int channels = 1;
    private long width = SIDE;
    private long height = SIDE;
    private int depth = 8;
    private int mode = GREY;
    private byte[] colours = section(new byte[0]);
    private byte[] resources = section(new byte[0]);
    private byte[] layers = section(new byte[0]);
    private int compression;
    private byte[] data = rows(SIDE);

    static byte[] small() {
        return new PsdPicture().toArray();
    }

    static byte[] rows(int count) {
        Bytes rows = new Bytes();
        for (int i = 0; i < count * SIDE; i++) {
            rows.raw(3 * i);
        }
        return rows.toArray();
    }

    static byte[] section(byte[] content) {
        return section(content.length, content);
    }

    static byte[] section(long stated, byte[] content) {
        return new Bytes().big(4, stated).raw(content).toArray();
    }

    /** A resource without a name. */
    static byte[] resource(int number, byte[] content) {
        return new Bytes()
                .text("8BIM")
                .big(2, number)
                .raw(0, 0)
                .raw(section(content))
                .padTo(2)
                .toArray();
    }

    PsdPicture start(String signatureVersionAndReserved) {
        start = signatureVersionAndReserved;
        return this;
    }

    PsdPicture channels(int stated) {
        channels = stated;
        return this;
    }

    PsdPicture size(long statedWidth, long statedHeight) {
        width = statedWidth;
        height = statedHeight;
        return this;
    }

    PsdPicture depth(int bits) {
        depth = bits;
        return this;
    }

    PsdPicture mode(int kind) {
        mode = kind;
        return this;
    }

    PsdPicture colours(byte[] section) {
        colours = section;
        return this;
    }

    PsdPicture resources(byte[] section) {
        resources = section;
        return this;
    }

    PsdPicture layers(byte[] section) {
        layers = section;
        return this;
    }

    PsdPicture data(int method, byte[] content) {
        compression = method;
        data = content;
        return this;
    }

    byte[] toArray() {
        return new Bytes()
                .raw(Bytes.latin1(start))
                .big(2, channels)
                .big(4, height)
                .big(4, width)
                .big(2, depth)
                .big(2, mode)
                .raw(colours)
                .raw(resources)
                .raw(layers)
                .big(2, compression)
                .raw(data)
                .toArray();
    }
}
