package org.junitsandbox.corpus;

import java.util.zip.Adler32;
import java.util.zip.CRC32;

/** Puts PNG pictures together, chunk by chunk; what is not set is that of a small grey one. */
final class PngPicture {

    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Of the small picture, in pixels. */
    static final int SIDE = 8;

    /** Of a header's chunk, with its length, name and checksum. */
    static final int HEADER_BYTES = 25;

    private final Bytes out = new Bytes().raw(SIGNATURE);

    /** A grey square of 8 times 8 pixels, in 8 bits each. */
    static byte[] small() {
        return new PngPicture().header(SIDE, SIDE).rows().end();
    }

    /** The content of a header: depth and type of colour, and three methods. */
    static byte[] header(long width, long height, int... rest) {
        return new Bytes().big(4, width).big(4, height).raw(rest).toArray();
    }

    PngPicture header(long width, long height) {
        return chunk("IHDR", header(width, height, 8, 0, 0, 0, 0));
    }

    /** The rows of the small picture. */
    PngPicture rows() {
        return chunk("IDAT", zlib(plainRows(SIDE)));
    }

    /** Rows of the small picture, each with the filter 0, as zlib has them. */
    static Packed plainRows(int count) {
        return new Deflate().copy(rowBytes(count)).finish();
    }

    static byte[] rowBytes(int count) {
        Bytes rows = new Bytes();
        for (int row = 0; row < count; row++) {
            rows.raw(0);
            for (int column = 0; column < SIDE; column++) {
                rows.raw(16 * (row % SIDE) + column);
            }
        }
        return rows.toArray();
    }

    /** The stream of zlib (RFC 1950) of the small picture's rows. */
    static byte[] zlib(Packed rows) {
        Adler32 sum = new Adler32();
        sum.update(rowBytes((int) rows.size() / (SIDE + 1)));
        return zlib(rows, sum.getValue());
    }

    /** The stream of zlib with some checksum. */
    static byte[] zlib(Packed packed, long checksum) {
        return new Bytes().raw(0x78, 0x01).raw(packed.bytes()).big(4, checksum).toArray();
    }

    /** The stream of zlib of zeros only. */
    static byte[] zeros(long size) {
        long checksum = (size % 65_521) << 16 | 1;
        return zlib(new Deflate().run(0, size).finish(), checksum);
    }

    PngPicture chunk(String type, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(Bytes.latin1(type));
        crc.update(content);
        return chunk(content.length, type, content, crc.getValue());
    }

    PngPicture chunk(long length, String type, byte[] content, long crc) {
        out.big(4, length).raw(Bytes.latin1(type)).raw(content).big(4, crc);
        return this;
    }

    byte[] end() {
        return chunk("IEND", new byte[0]).toArray();
    }

    byte[] toArray() {
        return out.toArray();
    }
}
