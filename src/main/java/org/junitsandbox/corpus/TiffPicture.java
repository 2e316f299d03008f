package org.junitsandbox.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts a TIFF picture together, or the metadata in other pictures: a directory of tags behind the data. */
final class TiffPicture {

    static final int HEADER_BYTES = 8;

    /** Of the small picture: 64 bytes of data follow the header. */
    static final int DIRECTORY = HEADER_BYTES + PictureKind.SIDE * PictureKind.SIDE;

    /** The number of the small picture's tags, each with 12 bytes. */
    static final int TAGS = 9;

    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int DESCRIPTION = 270;
    static final int STRIPS = 273;
    static final int SAMPLES = 277;
    static final int ROWS = 278;
    static final int STRIP_BYTES = 279;

    static final int TEXT = 2;
    static final int SHORT = 3;
    static final int LONG = 4;

    private static final int SIDE = PictureKind.SIDE;

    private record Tag(int type, long count, long value) {}

    private final Map<Integer, Tag> tags = new TreeMap<>();
    private final List<byte[]> more = new ArrayList<>();
    private final Bytes data = new Bytes();
    private String start = "II*\0";
    private long first = -1;
    private long next;
    private long entries = -1;
    private int pages = 1;

    private TiffPicture() {}

    /** The small grey picture. */
    static TiffPicture picture() {
        TiffPicture picture = new TiffPicture();
        picture.data.raw(rows(SIDE));
        return picture.size(SIDE, SIDE)
                .tag(BITS, 8)
                .tag(COMPRESSION, 1)
                .tag(PHOTOMETRIC, 1)
                .tag(STRIPS, HEADER_BYTES)
                .tag(SAMPLES, 1)
                .tag(ROWS, SIDE)
                .tag(STRIP_BYTES, SIDE * SIDE);
    }

    /** Metadata as other formats have them, without a tag. */
    static TiffPicture metadata() {
        return new TiffPicture();
    }

    static byte[] small() {
        return picture().toArray();
    }

    static byte[] rows(int count) {
        Bytes rows = new Bytes();
        for (int i = 0; i < count * SIDE; i++) {
            rows.raw(3 * i);
        }
        return rows.toArray();
    }

    TiffPicture size(long width, long height) {
        return tag(WIDTH, LONG, 1, width).tag(HEIGHT, LONG, 1, height);
    }

    TiffPicture tag(int tag, int value) {
        return tag(tag, SHORT, 1, value);
    }

    /**
     * Sets a tag.
     *
     * @param value or where it is, if it has more than 4 bytes
     */
    TiffPicture tag(int tag, int type, long count, long value) {
        tags.put(tag, new Tag(type, count, value));
        return this;
    }

    TiffPicture without(int tag) {
        tags.remove(tag);
        return this;
    }

    /** A tag behind all others, whatever its number. */
    TiffPicture lastTag(int tag, int type, long count, long value) {
        more.add(entry(tag, new Tag(type, count, value)));
        return this;
    }

    private static byte[] entry(int number, Tag tag) {
        return new Bytes()
                .little(2, number)
                .little(2, tag.type())
                .little(4, tag.count())
                .little(4, tag.value())
                .toArray();
    }

    /** A tag whose content is behind what there is so far. */
    TiffPicture content(int tag, int type, long count, byte[] content) {
        tag(tag, type, count, directory());
        data.raw(content).padTo(2);
        return this;
    }

    TiffPicture text(int tag, String text) {
        return content(tag, TEXT, text.length() + 1, Bytes.latin1(text + "\0"));
    }

    TiffPicture start(String signature) {
        start = signature;
        return this;
    }

    /** Where the directory is, as the header states. */
    TiffPicture first(long stated) {
        first = stated;
        return this;
    }

    /** Where the directory behind the last one is. */
    TiffPicture next(long stated) {
        next = stated;
        return this;
    }

    /** The number of tags that a directory states. */
    TiffPicture entries(long stated) {
        entries = stated;
        return this;
    }

    /** The same directory several times. */
    TiffPicture pages(int count) {
        pages = count;
        return this;
    }

    /** Where the first directory really is. */
    int directory() {
        return HEADER_BYTES + data.size();
    }

    byte[] toArray() {
        Bytes out = new Bytes()
                .raw(Bytes.latin1(start))
                .little(4, first < 0 ? directory() : first)
                .raw(data.toArray());
        int number = tags.size() + more.size();
        for (int page = 1; page <= pages; page++) {
            out.little(2, entries < 0 ? number : entries);
            tags.forEach((tag, value) -> out.raw(entry(tag, value)));
            more.forEach(out::raw);
            out.little(4, page == pages ? next : out.size() + 4);
        }
        return out.toArray();
    }
}
