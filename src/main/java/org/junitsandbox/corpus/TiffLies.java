package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;
import static org.junitsandbox.corpus.TiffPicture.BITS;
import static org.junitsandbox.corpus.TiffPicture.COMPRESSION;
import static org.junitsandbox.corpus.TiffPicture.DESCRIPTION;
import static org.junitsandbox.corpus.TiffPicture.HEADER_BYTES;
import static org.junitsandbox.corpus.TiffPicture.LONG;
import static org.junitsandbox.corpus.TiffPicture.PHOTOMETRIC;
import static org.junitsandbox.corpus.TiffPicture.ROWS;
import static org.junitsandbox.corpus.TiffPicture.SAMPLES;
import static org.junitsandbox.corpus.TiffPicture.SHORT;
import static org.junitsandbox.corpus.TiffPicture.STRIPS;
import static org.junitsandbox.corpus.TiffPicture.STRIP_BYTES;
import static org.junitsandbox.corpus.TiffPicture.TEXT;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** TIFF pictures whose tags are not true, or not valid. */
final class TiffLies {

    private static final long MAX = 0xffff_ffffL;
    private static final int SIDE = PictureKind.SIDE;
    private static final String FIELDS = "section 8,";
    private static final String STRUCTURE = "section 2,";

    private TiffLies() {}

    static Stream<HostileFile> files() {
        return Stream.of(promises(), sizes(), values(), structures()).flatMap(all -> all);
    }

    private static HostileFile promise(String variant, String description, UnaryOperator<TiffPicture> change) {
        return TiffFiles.of(HUGE_PROMISE, variant, description, FIELDS, change);
    }

    private static Stream<HostileFile> promises() {
        return Stream.of(
                promise(
                        "dimensions",
                        "The tags state 4,294,967,295 times 4,294,967,295 pixels.",
                        picture -> picture.size(MAX, MAX)),
                TiffFiles.of(
                        HUGE_PROMISE,
                        "overflow",
                        "The tags state 65,536 times 65,537 pixels, a number that overflows 32 bits.",
                        "CWE-190, " + FIELDS,
                        picture -> picture.size(1 << 16, (1 << 16) + 1).tag(ROWS, LONG, 1, (1 << 16) + 1)),
                promise("strip", "A strip states 4,294,967,295 bytes.", picture -> picture.tag(
                        STRIP_BYTES, LONG, 1, MAX)),
                promise("strips", "The tag of the strips states 268,435,456 of them.", picture -> picture.tag(
                                STRIPS, LONG, 1 << 28, HEADER_BYTES)
                        .tag(STRIP_BYTES, LONG, 1 << 28, HEADER_BYTES)),
                promise("text", "The description states 4,294,967,295 characters.", picture -> picture.tag(
                        DESCRIPTION, TEXT, MAX, HEADER_BYTES)),
                promise("samples", "A pixel has 65,535 samples.", picture -> picture.tag(SAMPLES, 0xffff)),
                TiffFiles.of(
                        HUGE_PROMISE,
                        "tags",
                        "The directory states 65,535 tags, of which 9 are there.",
                        STRUCTURE,
                        picture -> picture.entries(0xffff)));
    }

    private static HostileFile size(String variant, String description, UnaryOperator<TiffPicture> change) {
        return TiffFiles.of(WRONG_SIZE, variant, description, FIELDS, change);
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                size("no-width", "The width is 0.", picture -> picture.size(0, SIDE)),
                size("no-height", "The height is 0.", picture -> picture.size(SIDE, 0)),
                size("no-rows", "A strip has 0 rows.", picture -> picture.tag(ROWS, 0)),
                size("strip-outside", "A strip is far behind the end of the file.", picture -> picture.tag(
                        STRIPS, LONG, 1, MAX - 0xff)),
                size("strip-bytes", "A strip has 0 bytes.", picture -> picture.tag(STRIP_BYTES, 0)),
                size("missing-rows", "A strip has 4 of 8 rows.", picture -> picture.tag(STRIP_BYTES, SIDE * SIDE / 2)),
                size("few-strips", "There is one strip, where the height needs 8.", picture -> picture.tag(ROWS, 1)),
                TiffFiles.of(
                        WRONG_SIZE,
                        "no-tile",
                        "A tile is 0 times 0 pixels.",
                        "section 15,",
                        picture -> picture.without(STRIPS)
                                .without(STRIP_BYTES)
                                .without(ROWS)
                                .tag(322, 0)
                                .tag(323, 0)
                                .tag(324, LONG, 1, HEADER_BYTES)
                                .tag(325, SIDE * SIDE)),
                TiffFiles.of(
                        WRONG_SIZE,
                        "directory-outside",
                        "The directory is far behind the end of the file.",
                        STRUCTURE,
                        picture -> picture.first(MAX - 0xff)),
                TiffFiles.of(
                        WRONG_SIZE,
                        "directory-in-header",
                        "The directory is where the file begins.",
                        STRUCTURE,
                        picture -> picture.first(0)),
                TiffFiles.of(
                        WRONG_SIZE,
                        "next-outside",
                        "The directory of a second page is far behind the end of the file.",
                        STRUCTURE,
                        picture -> picture.next(MAX - 0xff)),
                TiffFiles.of(
                        WRONG_SIZE,
                        "text-outside",
                        "The description is far behind the end of the file.",
                        STRUCTURE,
                        picture -> picture.tag(DESCRIPTION, TEXT, 100, MAX - 0xff)));
    }

    private static HostileFile value(String variant, String description, int tag, int value) {
        return TiffFiles.of(MALFORMED, variant, description, FIELDS, picture -> picture.tag(tag, value));
    }

    private static Stream<HostileFile> values() {
        return Stream.of(
                value("bits", "A sample has 0 bits.", BITS, 0),
                value("many-bits", "A sample has 65,535 bits.", BITS, 0xffff),
                value("compression", "The compression is 65,000, which is not a valid method.", COMPRESSION, 65_000),
                value("photometric", "The kind of colours is 99, which is not a valid kind.", PHOTOMETRIC, 99),
                value("no-palette", "The colours are indexes into a palette that is missing.", PHOTOMETRIC, 3),
                value("samples", "A pixel has 0 samples.", SAMPLES, 0),
                value("planes", "The order of the planes is 9, which is not a valid order.", 284, 9));
    }

    private static HostileFile structure(String variant, String description, UnaryOperator<TiffPicture> change) {
        return TiffFiles.of(MALFORMED, variant, description, STRUCTURE, change);
    }

    private static Stream<HostileFile> structures() {
        return Stream.of(
                structure("byte-order", "The order of bytes is IM, neither II nor MM.", picture -> picture.start(
                        "IM*\0")),
                structure("number", "The number of the format is 41, of 42.", picture -> picture.start("II)\0")),
                structure("type", "A tag has the type 99, which is not a valid type.", picture -> picture.tag(
                        BITS, 99, 1, 8)),
                structure("no-tags", "The directory has no tags.", picture -> picture.entries(0)),
                structure("no-strips", "There are no strips.", picture -> picture.without(STRIPS)),
                structure("no-strip-bytes", "Strips have no sizes, and are packed.", picture -> picture.without(
                                STRIP_BYTES)
                        .tag(COMPRESSION, 8)),
                structure("order", "The last tag is the width, which would have to be the first.", picture -> picture
                        .without(TiffPicture.WIDTH)
                        .lastTag(TiffPicture.WIDTH, SHORT, 1, SIDE)),
                structure("tag-twice", "The width is there twice, with two values.", picture -> picture.lastTag(
                        TiffPicture.WIDTH, LONG, 1, 90_000)));
    }
}
