package org.junitsandbox.corpus;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A font with a letter (OpenType 1.9). Each of its tables can be replaced. */
final class OpenTypeFont {

    private static final long CHECKSUM = 0xb1b0afbaL;
    private static final int RECORD = 16;

    private final Map<String, byte[]> tables = new TreeMap<>();

    OpenTypeFont() {
        table("head", head(1_000, 1));
        table("hhea", new Bytes().big(4, 0x10000).big(2, 800).big(2, -200).zeros(2).big(2, 600).zeros(4).big(2, 500)
                .big(2, 1).zeros(14).big(2, 2).toArray());
        table("hmtx", new Bytes().big(4, 600L << 16).big(4, 600L << 16).toArray());
        table("OS/2", new Bytes().big(2, 4).big(2, 600).big(2, 400).big(2, 5).zeros(54).text("none").big(2, 0x40)
                .big(2, 'A').big(2, 'A').big(2, 800).big(2, -200).zeros(2).big(2, 800).big(2, 200).zeros(14)
                .big(2, ' ').zeros(2).toArray());
        table("post", new Bytes().big(4, 0x30000).zeros(28).toArray());
        table("cmap", letters(new Bytes().big(2, 4).big(2, 32).big(2, 0).big(2, 4).big(2, 4).big(2, 1).big(2, 0)
                .big(2, 'A').big(2, 0xffff).big(2, 0).big(2, 'A').big(2, 0xffff).big(2, 1 - 'A').big(2, 1).zeros(4)
                .toArray()));
        named("Harmless");
        glyphs(square(3), square(3));
    }

    /**
     * @param units of which an em has so many
     * @param format of the offsets: 1 for four bytes
     */
    static byte[] head(int units, int format) {
        return new Bytes().big(4, 0x10000).big(4, 0x10000).zeros(4).big(4, 0x5f0f3cf5).big(2, 3).big(2, units)
                .zeros(20).big(2, 500).big(2, 700).zeros(2).big(2, 8).big(2, 2).big(2, format).zeros(2).toArray();
    }

    static byte[] letters(byte[] map) {
        return new Bytes().big(2, 0).big(2, 1).big(2, 3).big(2, 1).big(4, 12).raw(map).toArray();
    }

    /** An outline of four points, of which the last has the number that it states. */
    static byte[] square(int last) {
        return new Bytes().big(2, 1).zeros(4).big(2, 500).big(2, 700).big(2, last).zeros(2).raw(1, 1, 1, 1)
                .big(2, 0).big(2, 500).big(2, 0).big(2, -500).big(2, 0).big(2, 0).big(2, 700).big(2, 0).padTo(4)
                .toArray();
    }

    /** A glyph that is made of others. */
    static byte[] compound(int... parts) {
        Bytes glyph = new Bytes().big(2, -1).zeros(4).big(2, 500).big(2, 700);
        for (int i = 0; i < parts.length; i++) {
            // Two bytes for the place; whether more follow.
            glyph.big(2, i + 1 < parts.length ? 0x22 : 2).big(2, parts[i]).zeros(2);
        }
        return glyph.padTo(4).toArray();
    }

    OpenTypeFont glyphs(byte[]... glyphs) {
        Bytes all = new Bytes();
        Bytes places = new Bytes().big(4, 0);
        for (byte[] glyph : glyphs) {
            places.big(4, all.raw(glyph).size());
        }
        Bytes widths = new Bytes().big(4, 600L << 16).big(4, 600L << 16).zeros(2L * (glyphs.length - 2));
        return table("glyf", all.toArray())
                .table("loca", places.toArray())
                .table("hmtx", widths.toArray())
                .table("maxp", limits(glyphs.length));
    }

    static byte[] limits(int glyphs) {
        return new Bytes().big(4, 0x10000).big(2, glyphs).big(2, 4).big(2, 1).zeros(4).big(2, 2).zeros(16).toArray();
    }

    OpenTypeFont named(String name) {
        Bytes records = new Bytes().big(2, 0).big(2, 4).big(2, 6 + 4 * 12);
        Bytes texts = new Bytes();
        for (int number : new int[] {1, 2, 4, 6}) {
            byte[] text = (number == 2 ? "Regular" : name).getBytes(StandardCharsets.UTF_16BE);
            records.big(2, 3).big(2, 1).big(2, 0x409).big(2, number).big(2, text.length).big(2, texts.size());
            texts.raw(text);
        }
        return table("name", records.raw(texts.toArray()).toArray());
    }

    OpenTypeFont table(String tag, byte[] content) {
        tables.put(tag, content);
        return this;
    }

    OpenTypeFont without(String tag) {
        tables.remove(tag);
        return this;
    }

    byte[] table(String tag) {
        byte[] content = tables.get(tag);
        return content == null ? new byte[0] : content.clone();
    }

    /** Where the directory describes a table: tag, checksum, offset and length, of four bytes each. */
    int record(String tag) {
        return 12 + RECORD * (int) tables.keySet().stream().takeWhile(each -> !each.equals(tag)).count();
    }

    byte[] toArray() {
        byte[] font = write();
        int head = record("head");
        if (tables.containsKey("head")) {
            int place = (int) number(font, head + 8) + 8;
            return Bytes.patch(font, place, 4, CHECKSUM - sum(font));
        }
        return font;
    }

    private byte[] write() {
        int power = 31 - Integer.numberOfLeadingZeros(tables.size());
        Bytes directory = new Bytes().big(4, 0x10000).big(2, tables.size()).big(2, RECORD << power).big(2, power)
                .big(2, RECORD * (long) tables.size() - (RECORD << power));
        Bytes contents = new Bytes();
        int start = directory.size() + RECORD * tables.size();
        tables.forEach((tag, content) -> {
            directory.text(tag).big(4, sum(content)).big(4, start + contents.size()).big(4, content.length);
            contents.raw(content).padTo(4);
        });
        return directory.raw(contents.toArray()).toArray();
    }

    /** Of numbers of four bytes, with zeros at the end. */
    private static long sum(byte[] content) {
        byte[] padded = new Bytes().raw(content).padTo(4).toArray();
        return Stream.iterate(0, at -> at < padded.length, at -> at + 4)
                .mapToLong(at -> number(padded, at))
                .sum();
    }

    private static long number(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return value;
    }
}
