package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.OVERLAP;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Fonts whose tables overlap, lead out of each other, loop and multiply. */
final class FontFiles {

    private static final byte[] TWIN = new OpenTypeFont().toArray();
    private static final Family FONT = Family.of(Format.FONT, Content.of(TWIN));
    private static final String DIRECTORY = "organization of an OpenType font";

    private FontFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(directories(), places(), promises(), loops(), errors(), ends())
                .flatMap(all -> all);
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String table, Supplier<byte[]> maker) {
        return FONT.file(attack, variant, description, "OpenType 1.9 " + table, Content.of(maker));
    }

    private static HostileFile font(
            Attack attack, String variant, String description, String table, Supplier<OpenTypeFont> maker) {
        return of(attack, variant, description, table, () -> maker.get().toArray());
    }

    private static HostileFile patched(
            Attack attack, String variant, String description, String table, int offset, int width, long value) {
        return of(attack, variant, description, table, () -> Bytes.patch(TWIN.clone(), offset, width, value));
    }

    private static HostileFile recorded(
            Attack attack, String variant, String description, String tag, int field, long value) {
        return patched(attack, variant, description, DIRECTORY, new OpenTypeFont().record(tag) + field, 4, value);
    }

    private static Stream<HostileFile> directories() {
        long letters = offsetOf("cmap");
        return Stream.of(
                recorded(OVERLAP, "tables", "Two tables begin at the same place.", "glyf", 8, letters),
                recorded(OVERLAP, "directory", "A table lies over the directory itself.", "glyf", 8, 12),
                recorded(AMBIGUITY, "table-twice", "A table is there twice.", "hhea", 0, 0x68656164),
                recorded(HUGE_PROMISE, "table-offset", "A table begins at 4 GiB.", "glyf", 8, 0xfffffff0L),
                recorded(HUGE_PROMISE, "table-length", "A table of 4 GiB.", "glyf", 12, 0xffffffffL),
                recorded(WRONG_CHECKSUM, "table", "The checksum of a table is wrong.", "glyf", 4, 0x12345678),
                patched(HUGE_PROMISE, "tables", "A directory of 65,535 tables.", DIRECTORY, 4, 2, 0xffff),
                of(HUGE_PROMISE, "collection", "A collection of 4,294,967,295 fonts.", DIRECTORY, () -> new Bytes()
                        .text("ttcf")
                        .big(4, 0x10000)
                        .big(4, 0xffffffffL)
                        .raw(TWIN)
                        .toArray()));
    }

    private static long offsetOf(String tag) {
        int record = new OpenTypeFont().record(tag);
        return ((TWIN[record + 10] & 0xffL) << 8) | (TWIN[record + 11] & 0xff);
    }

    private static Stream<HostileFile> places() {
        return Stream.of(
                font(
                        WRONG_SIZE,
                        "place-outside",
                        "A glyph lies outside of the table of glyphs.",
                        "loca table",
                        () -> placed(
                                0, 36, 999_999)),
                font(
                        WRONG_SIZE,
                        "place-huge",
                        "A glyph ends at 4 GiB.",
                        "loca table",
                        () -> placed(0, 36, 0xfffffff0L)),
                font(
                        WRONG_SIZE,
                        "place-backwards",
                        "A glyph ends before it begins.",
                        "loca table",
                        () -> placed(0, 72, 36)),
                font(WRONG_SIZE, "places-few", "Fewer places than glyphs.", "loca table", () -> placed(0)),
                font(
                        WRONG_SIZE,
                        "widths-few",
                        "Fewer widths than the header states.",
                        "hmtx table",
                        () -> new OpenTypeFont()
                                .table("hmtx", new byte[4])),
                font(WRONG_SIZE, "head-short", "The head has 16 bytes.", "head table", () -> new OpenTypeFont()
                        .table("head", Arrays.copyOf(new OpenTypeFont().table("head"), 16))),
                font(
                        WRONG_SIZE,
                        "name-outside",
                        "A name lies outside of its table.",
                        "name table",
                        () -> new OpenTypeFont()
                                .table("name", Bytes.patch(new OpenTypeFont().table("name"), 16, 2, 0xfff0))));
    }

    private static OpenTypeFont placed(long... places) {
        Bytes table = new Bytes();
        for (long place : places) {
            table.big(4, place);
        }
        return new OpenTypeFont().table("loca", table.toArray());
    }

    private static byte[] groups(long count, long last) {
        return OpenTypeFont.letters(new Bytes()
                .big(2, 12)
                .zeros(2)
                .big(4, 28)
                .zeros(4)
                .big(4, count)
                .big(4, 0)
                .big(4, last)
                .big(4, 0)
                .toArray());
    }

    private static Stream<HostileFile> promises() {
        return Stream.of(
                font(HUGE_PROMISE, "glyphs", "65,535 glyphs, and two are there.", "maxp table", () -> new OpenTypeFont()
                        .table("maxp", OpenTypeFont.limits(0xffff))),
                font(
                        HUGE_PROMISE,
                        "points",
                        "An outline of 65,536 points, and four are there.",
                        "glyf table",
                        () -> new OpenTypeFont()
                                .glyphs(OpenTypeFont.square(3), OpenTypeFont.square(0xffff))),
                font(
                        HUGE_PROMISE,
                        "letter-groups",
                        "4,294,967,295 groups of letters, and one is there.",
                        "cmap table",
                        () -> new OpenTypeFont()
                                .table("cmap", groups(0xffffffffL, 65))),
                font(
                        HUGE_PROMISE,
                        "letters",
                        "A group of 4,294,967,295 letters.",
                        "cmap table",
                        () -> new OpenTypeFont()
                                .table("cmap", groups(1, 0xfffffffeL))));
    }

    private static Stream<HostileFile> loops() {
        byte[] square = OpenTypeFont.square(3);
        return Stream.of(
                font(LOOP, "glyph", "A glyph is made of itself.", "glyf table", () -> new OpenTypeFont()
                        .glyphs(square, OpenTypeFont.compound(1))),
                font(LOOP, "two-glyphs", "Two glyphs are made of each other.", "glyf table", () -> new OpenTypeFont()
                        .glyphs(square, OpenTypeFont.compound(2), OpenTypeFont.compound(1))),
                font(
                        LOOP,
                        "program",
                        "The font's program jumps back without end.",
                        "instruction set",
                        () -> new OpenTypeFont()
                                .table("fpgm", new Bytes().raw(0xb8, 0xff, 0xfd, 0x1c).toArray())),
                FONT.begin(
                        BOMB,
                        "glyphs",
                        "Nine layers of glyphs, each made of ten of the layer below.",
                        "OpenType 1.9 glyf table")
                                .expandsTo(0, 1_000_000_000, 9)
                                .content(Content.of(() -> layers().toArray()))
                                .build());
    }

    private static OpenTypeFont layers() {
        byte[][] glyphs = new byte[11][];
        glyphs[0] = OpenTypeFont.square(3);
        glyphs[1] = OpenTypeFont.square(3);
        for (int layer = 2; layer < glyphs.length; layer++) {
            int[] parts = new int[10];
            Arrays.fill(parts, layer - 1);
            glyphs[layer] = OpenTypeFont.compound(parts);
        }
        return new OpenTypeFont().glyphs(glyphs);
    }

    private static Stream<HostileFile> errors() {
        return Stream.of(
                patched(MALFORMED, "version", "The first bytes are not those of a font.", DIRECTORY, 0, 4, 0x12345678),
                font(MALFORMED, "no-letters", "There is no table of letters.", "cmap table", () -> new OpenTypeFont()
                        .without("cmap")),
                font(MALFORMED, "no-head", "There is no head.", "head table", () -> new OpenTypeFont().without("head")),
                font(
                        MALFORMED,
                        "units",
                        "An em has 0 units, by which sizes are divided.",
                        "head table",
                        () -> new OpenTypeFont()
                                .table("head", OpenTypeFont.head(0, 1))),
                font(MALFORMED, "place-format", "The places have the format 7.", "head table", () -> new OpenTypeFont()
                        .table("head", OpenTypeFont.head(1_000, 7))),
                font(
                        INJECTION,
                        "name-markup",
                        "The name is the markup of a script.",
                        "name table",
                        () -> new OpenTypeFont()
                                .named("<script>alert(1)</script>")));
    }

    private static Stream<HostileFile> ends() {
        return Stream.of(
                of(EMPTY, "no-bytes", "The file has no bytes.", DIRECTORY, () -> new byte[0]),
                cut("in-directory", "The file ends within the directory.", 50),
                cut("in-table", "The file ends within a table.", TWIN.length - 40));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return of(TRUNCATED, variant, description, DIRECTORY, () -> Arrays.copyOf(TWIN, length));
    }
}
