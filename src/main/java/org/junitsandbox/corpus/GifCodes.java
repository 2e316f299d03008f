package org.junitsandbox.corpus;

/** Packs pixels of four colours by the variant of LZW that GIF has. */
final class GifCodes {

    static final int COLOUR_BITS = 2;

    private static final int CLEAR = 1 << COLOUR_BITS;
    private static final int END = CLEAR + 1;
    private static final int FIRST = CLEAR + 2;
    private static final int MIN_WIDTH = COLOUR_BITS + 1;
    private static final int MAX_WIDTH = 12;
    private static final int MAX_CODE = (1 << MAX_WIDTH) - 1;

    private final BitWriter out = new BitWriter();
    private int pixels;

    /** One that is not packed: the table is cleared so often that no code is added to it that would need more bits. */
    GifCodes pixel(int colour) {
        if (pixels++ % 2 == 0) {
            code(CLEAR);
        }
        return code(colour);
    }

    GifCodes code(int code) {
        out.bits(MIN_WIDTH, code);
        return this;
    }

    byte[] end() {
        return code(END).toArray();
    }

    byte[] toArray() {
        return out.toArray();
    }

    /** Pixels of the first colour only. Each code stands for one pixel more than the code before it. */
    static byte[] run(long count) {
        BitWriter out = new BitWriter().bits(MIN_WIDTH, CLEAR).bits(MIN_WIDTH, 0);
        long left = count - 1;
        int next = FIRST;
        while (left > 0) {
            int pixels = (int) Math.min(left, Math.min(next, MAX_CODE) - CLEAR);
            out.bits(width(next), pixels == 1 ? 0 : CLEAR + pixels);
            next = Math.min(next + 1, MAX_CODE + 1);
            left -= pixels;
        }
        return out.bits(width(next), END).toArray();
    }

    private static int width(int next) {
        return Math.min(Math.max(Integer.SIZE - Integer.numberOfLeadingZeros(next), MIN_WIDTH), MAX_WIDTH);
    }
}
