package org.junitsandbox.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Packs little text, or very many zeros, with bzip2. Each field can be set, also to what is not true. */
final class Bzip2 {

    private static final long BLOCK_MAGIC = 0x314159265359L;
    private static final long END_MAGIC = 0x177245385090L;

    /** Zeros in a full block: each 255 of them become 4 zeros and the number of further ones, 251. */
    private static final int RUNS_IN_BLOCK = 179_000;

    static final long ZEROS_IN_BLOCK = 255L * RUNS_IN_BLOCK;

    private final HighBitWriter out = new HighBitWriter();
    private int combinedCrc;

    /** What a block's beginning states. */
    static final class Block {
        int crc;
        int randomised;
        int origin;
        int tables = 2;
        int selectors;
        /** The used byte values, ascending. */
        int[] used = {};
        /** The symbols: 0 and 1 for runs, then positions plus 1, and the end. */
        List<Integer> symbols = new ArrayList<>();
    }

    /** Begins a stream; the level is the size of its blocks in units of 100,000 bytes. */
    Bzip2(char level) {
        out.bits(8, 'B').bits(8, 'Z').bits(8, 'h').bits(8, level);
    }

    static byte[] of(String text) {
        return new Bzip2('9').add(text, block -> {}).finish(0);
    }

    static byte[] zeros(int blocks) {
        byte[] transformed = new byte[5 * RUNS_IN_BLOCK];
        Arrays.fill(transformed, 0, RUNS_IN_BLOCK, (byte) 251);
        Block block = block(transformed, 0);
        block.crc = Bzip2Crc.ofZeros(ZEROS_IN_BLOCK);
        Bzip2 stream = new Bzip2('9');
        for (int i = 0; i < blocks; i++) {
            stream.write(block);
        }
        return stream.finish(0);
    }

    /** Adds a block without four equal bytes in a row. */
    Bzip2 add(String text, Consumer<Block> change) {
        byte[] bytes = Bytes.utf8(text);
        Integer[] rotations = new Integer[bytes.length];
        Arrays.setAll(rotations, i -> i);
        Arrays.sort(rotations, Comparator.comparing(i -> Bytes.asLatin1(bytes).substring(i) + Bytes.asLatin1(bytes)));
        byte[] transformed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            transformed[i] = bytes[Math.floorMod(rotations[i] - 1, bytes.length)];
        }
        Block block = block(transformed, Arrays.asList(rotations).indexOf(0));
        block.crc = Bzip2Crc.of(bytes);
        change.accept(block);
        write(block);
        return this;
    }

    private static Block block(byte[] transformed, int origin) {
        Block block = new Block();
        block.origin = origin;
        boolean[] seen = new boolean[256];
        for (byte each : transformed) {
            seen[each & 0xff] = true;
        }
        List<Integer> front = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            if (seen[value]) {
                front.add(value);
            }
        }
        block.used = front.stream().mapToInt(value -> value).toArray();
        moveToFront(transformed, front, block.symbols);
        block.symbols.add(block.used.length + 1);
        block.selectors = (block.symbols.size() + 49) / 50;
        return block;
    }

    private static void moveToFront(byte[] transformed, List<Integer> front, List<Integer> symbols) {
        int run = 0;
        for (byte each : transformed) {
            Integer value = each & 0xff;
            int position = front.indexOf(value);
            if (position == 0) {
                run++;
            } else {
                addRun(run, symbols);
                run = 0;
                symbols.add(position + 1);
                front.remove(position);
                front.add(0, value);
            }
        }
        addRun(run, symbols);
    }

    /** Runs have digits of the values 1 and 2, the lowest first. */
    private static void addRun(int length, List<Integer> symbols) {
        for (int left = length; left > 0; left = (left - 1) / 2) {
            symbols.add((left - 1) % 2);
        }
    }

    private void write(Block block) {
        out.bits(48, BLOCK_MAGIC).bits(32, block.crc).bits(1, block.randomised).bits(24, block.origin);
        combinedCrc = Integer.rotateLeft(combinedCrc, 1) ^ block.crc;
        boolean[] used = new boolean[256];
        Arrays.stream(block.used).forEach(value -> used[value] = true);
        for (int i = 0; i < 16; i++) {
            out.bits(1, isAny(used, i) ? 1 : 0);
        }
        for (int value = 0; value < 256; value++) {
            if (isAny(used, value / 16)) {
                out.bits(1, used[value] ? 1 : 0);
            }
        }
        out.bits(3, block.tables).bits(15, block.selectors);
        // Each selects the first table.
        for (int i = 0; i < block.selectors; i++) {
            out.bits(1, 0);
        }
        int alphabet = block.used.length + 2;
        int width = 32 - Integer.numberOfLeadingZeros(alphabet - 1);
        int shorter = (1 << width) - alphabet;
        for (int table = 0; table < block.tables; table++) {
            writeTable(alphabet, width, shorter);
        }
        for (int symbol : block.symbols) {
            boolean isShort = symbol < shorter;
            out.bits(isShort ? width - 1 : width, isShort ? symbol : symbol + shorter);
        }
    }

    private static boolean isAny(boolean[] used, int sixteen) {
        for (int i = 0; i < 16; i++) {
            if (used[16 * sixteen + i]) {
                return true;
            }
        }
        return false;
    }

    /** Codes of two lengths that fill the space of codes: the first few symbols have the shorter one. */
    private void writeTable(int alphabet, int width, int shorter) {
        int current = shorter > 0 ? width - 1 : width;
        out.bits(5, current);
        for (int symbol = 0; symbol < alphabet; symbol++) {
            if (symbol == shorter && current < width) {
                out.bits(2, 0b10);
                current = width;
            }
            out.bits(1, 0);
        }
    }

    byte[] finish(int crcError) {
        return out.bits(48, END_MAGIC).bits(32, combinedCrc ^ crcError).toArray();
    }
}
