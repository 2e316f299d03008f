package org.junitsandbox.corpus;

import java.util.Arrays;

/** Puts GIF pictures together, block by block. */
final class GifPicture {

    static final int COMMENT = 0xfe;

    /** Of the screen with its colours. */
    static final int HEADER_BYTES = 25;

    private static final int SIDE = PictureKind.SIDE;

    /** A table of 4 colours follows. */
    private static final int TABLE = 0x81;

    private static final byte[] COLOURS = {0, 0, 0, 85, 85, 85, (byte) 170, (byte) 170, (byte) 170, -1, -1, -1};

    private final Bytes out = new Bytes();

    static byte[] small() {
        return new GifPicture().screen(SIDE, SIDE).frame().end();
    }

    GifPicture screen(int width, int height) {
        return screen("GIF89a", width, height, TABLE).colours();
    }

    /** Without its colours. */
    GifPicture screen(String version, int width, int height, int flags) {
        out.text(version).little(2, width).little(2, height).raw(flags, 0, 0);
        return this;
    }

    GifPicture colours() {
        out.raw(COLOURS);
        return this;
    }

    /** The small picture. */
    GifPicture frame() {
        return frame(0, 0, SIDE, SIDE, pixels(SIDE));
    }

    GifPicture frame(int left, int top, int width, int height, byte[] codes) {
        return frame(left, top, width, height, GifCodes.COLOUR_BITS, codes);
    }

    /**
     * Adds a frame.
     *
     * @param bits of a colour, from which the decoder begins
     * @param codes what {@link GifCodes} makes
     */
    GifPicture frame(int left, int top, int width, int height, int bits, byte[] codes) {
        out.raw(0x2c).little(2, left).little(2, top).little(2, width).little(2, height);
        out.raw(0, bits);
        return blocks(codes);
    }

    static byte[] pixels(int rows) {
        GifCodes codes = new GifCodes();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < SIDE; column++) {
                codes.pixel((row + column) % 4);
            }
        }
        return codes.end();
    }

    /** An extension with one content. */
    GifPicture extension(int label, byte[] content) {
        out.raw(0x21, label);
        return blocks(content);
    }

    private GifPicture blocks(byte[] content) {
        for (int from = 0; from < content.length; from += 255) {
            byte[] block = Arrays.copyOfRange(content, from, Math.min(content.length, from + 255));
            out.raw(block.length).raw(block);
        }
        out.raw(0);
        return this;
    }

    GifPicture raw(int... bytes) {
        out.raw(bytes);
        return this;
    }

    byte[] end() {
        return raw(0x3b).toArray();
    }

    byte[] toArray() {
        return out.toArray();
    }
}
