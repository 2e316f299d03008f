package org.junitsandbox.corpus;

import java.util.ArrayList;
import java.util.List;

/** Puts icons together: a table of pictures, and the pictures, which are BMP or PNG. */
final class IcoPicture {

    static final int HEADER_BYTES = 6;
    static final int ENTRY_BYTES = 16;

    private static final int SIDE = PictureKind.SIDE;

    private final List<byte[]> entries = new ArrayList<>();
    private final Bytes pictures = new Bytes();
    private final int count;
    private int reserved;
    private int type = 1;
    private long stated;

    /**
     * Begins an icon.
     *
     * @param count of the entries that will be there
     */
    IcoPicture(int count) {
        this.count = count;
        stated = count;
    }

    static byte[] small() {
        return new IcoPicture(1).picture(bitmap(new BmpPicture())).toArray();
    }

    /** A picture without the header of a file, with twice its height, and with a mask behind its rows. */
    static byte[] bitmap(BmpPicture picture) {
        byte[] rows = new Bytes().raw(BmpPicture.rows(SIDE)).zeros(4 * SIDE).toArray();
        return picture.size(SIDE, 2 * SIDE).data(rows).withoutFileHeader();
    }

    IcoPicture reserved(int value) {
        reserved = value;
        return this;
    }

    IcoPicture type(int value) {
        type = value;
        return this;
    }

    /** The number of pictures that the header states. */
    IcoPicture count(long value) {
        stated = value;
        return this;
    }

    /** Where the next picture is. */
    int place() {
        return HEADER_BYTES + ENTRY_BYTES * count + pictures.size();
    }

    IcoPicture picture(byte[] content) {
        return entry(SIDE, content.length, place()).content(content);
    }

    /** An entry of the table, without a picture. */
    IcoPicture entry(int side, long length, long place) {
        entries.add(new Bytes()
                .raw(side, side, 16, 0)
                .little(2, 1)
                .little(2, 8)
                .little(4, length)
                .little(4, place)
                .toArray());
        return this;
    }

    IcoPicture content(byte[] content) {
        pictures.raw(content);
        return this;
    }

    byte[] toArray() {
        Bytes out = new Bytes().little(2, reserved).little(2, type).little(2, stated);
        entries.forEach(out::raw);
        return out.raw(pictures.toArray()).toArray();
    }
}
