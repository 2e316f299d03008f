package org.junitsandbox.corpus;

import java.util.Arrays;

/**
 * Packs zeros with LZMA: one literal, and then the longest repetitions. Context bits and position bits are all 0, so
 * that little of the format is needed.
 */
final class LzmaZeros {

    private static final int MAX_MATCH = 273;
    private static final int STATES = 12;
    private static final int AFTER_REPETITION = 11;

    private final Bytes out = new Bytes();
    private final int[] isMatch = even(STATES);
    private final int[] isRepetition = even(STATES);
    private final int[] isOlder = even(STATES);
    private final int[] isLong = even(STATES);
    private final int[] literal = even(256);
    private final int[] choice = even(2);
    private final int[] low = even(8);
    private final int[] middle = even(8);
    private final int[] high = even(256);

    private long bottom;
    private int range = -1;
    private int cache;
    private long cacheSize = 1;

    private LzmaZeros() {}

    private static int[] even(int count) {
        int[] probabilities = new int[count];
        Arrays.fill(probabilities, 1 << 10);
        return probabilities;
    }

    /** The packed form of this many zeros, as in an LZMA2 chunk: without header and end marker. */
    static byte[] pack(int count) {
        LzmaZeros packer = new LzmaZeros();
        packer.bit(packer.isMatch, 0, 0);
        packer.tree(packer.literal, 8, 0);
        int state = 0;
        int left = count - 1;
        while (left > 0) {
            int length = Math.min(MAX_MATCH, left);
            // A repetition has at least two bytes.
            length = left - length == 1 ? length - 1 : length;
            packer.repetition(state, length);
            state = state == 0 ? 8 : AFTER_REPETITION;
            left -= length;
        }
        for (int i = 0; i < 5; i++) {
            packer.shift();
        }
        return packer.out.toArray();
    }

    private void repetition(int state, int length) {
        bit(isMatch, state, 1);
        bit(isRepetition, state, 1);
        bit(isOlder, state, 0);
        bit(isLong, state, 1);
        int rest = length - 2;
        bit(choice, 0, rest < 8 ? 0 : 1);
        if (rest < 8) {
            tree(low, 3, rest);
        } else if (rest < 16) {
            bit(choice, 1, 0);
            tree(middle, 3, rest - 8);
        } else {
            bit(choice, 1, 1);
            tree(high, 8, rest - 16);
        }
    }

    private void tree(int[] probabilities, int width, int value) {
        int node = 1;
        for (int i = width - 1; i >= 0; i--) {
            int bit = value >>> i & 1;
            bit(probabilities, node, bit);
            node = node << 1 | bit;
        }
    }

    private void bit(int[] probabilities, int index, int bit) {
        int probability = probabilities[index];
        int bound = (range >>> 11) * probability;
        if (bit == 0) {
            range = bound;
            probabilities[index] += ((1 << 11) - probability) >> 5;
        } else {
            bottom += bound & 0xffffffffL;
            range -= bound;
            probabilities[index] -= probability >> 5;
        }
        while (range >>> 24 == 0) {
            range <<= 8;
            shift();
        }
    }

    /** Writes the highest byte, as soon as no carry can change it. */
    private void shift() {
        if (bottom < 0xff000000L || bottom > 0xffffffffL) {
            int carry = (int) (bottom >>> 32);
            for (; cacheSize > 0; cacheSize--) {
                out.raw(cache + carry);
                cache = 0xff;
            }
            cache = (int) (bottom >>> 24) & 0xff;
        }
        cacheSize++;
        bottom = (bottom & 0x00ffffffL) << 8;
    }
}
