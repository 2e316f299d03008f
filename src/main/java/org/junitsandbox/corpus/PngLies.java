package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.Adler32;

/** PNG pictures whose headers, sizes and checksums are not true. */
final class PngLies {

    private static final long MAX = 0x7fff_ffffL;
    private static final int SIDE = PngPicture.SIDE;

    private PngLies() {}

    static Stream<HostileFile> files() {
        return Stream.of(sizes(), checksums(), headers(), structures()).flatMap(all -> all);
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, UnaryOperator<PngPicture> chunks) {
        return PngFiles.begin(attack, variant, description, section, () -> chunks.apply(new PngPicture())
                        .end())
                .build();
    }

    private static Stream<HostileFile> sizes() {
        String header = "section 11.2.1,";
        return Stream.of(
                of(
                        HUGE_PROMISE,
                        "dimensions",
                        "The header states 2,147,483,647 times 2,147,483,647 pixels.",
                        header,
                        picture -> picture.header(MAX, MAX).rows()),
                of(
                        HUGE_PROMISE,
                        "width",
                        "The header states a width of 2,147,483,647 pixels.",
                        header,
                        picture -> picture.header(MAX, SIDE).rows()),
                of(
                        HUGE_PROMISE,
                        "overflow",
                        "The header states 65,536 times 65,537 pixels, a number that overflows 32 bits.",
                        "CWE-190, " + header,
                        picture -> picture.header(1 << 16, (1 << 16) + 1).rows()),
                of(
                        HUGE_PROMISE,
                        "chunk",
                        "A chunk states 2,147,483,647 bytes.",
                        "section 5.3,",
                        picture -> picture.header(SIDE, SIDE).chunk(MAX, "IDAT", new byte[10], 0)),
                of(WRONG_SIZE, "no-width", "The width is 0.", header, picture -> picture.header(0, SIDE)
                        .rows()),
                of(WRONG_SIZE, "no-height", "The height is 0.", header, picture -> picture.header(SIDE, 0)
                        .rows()),
                of(
                        WRONG_SIZE,
                        "negative-height",
                        "The height is negative where numbers have a sign: 80000008.",
                        header,
                        picture -> picture.header(SIDE, 0x8000_0008L).rows()),
                of(
                        WRONG_SIZE,
                        "negative-chunk",
                        "A chunk states FFFFFFF0 bytes, a negative number where numbers have a sign.",
                        "section 5.3,",
                        picture -> picture.header(SIDE, SIDE).chunk(0xffff_fff0L, "IDAT", new byte[10], 0)),
                of(
                        WRONG_SIZE,
                        "missing-rows",
                        "The data end after 4 of 8 rows.",
                        "section 11.2.3,",
                        picture -> picture.header(SIDE, SIDE)
                                .chunk("IDAT", PngPicture.zlib(PngPicture.plainRows(4)))));
    }

    private static Stream<HostileFile> checksums() {
        String section = "section 5.5,";
        return Stream.of(
                of(
                        WRONG_CHECKSUM,
                        "header",
                        "The CRC of the header is wrong.",
                        section,
                        picture -> picture.chunk(13, "IHDR", PngPicture.header(SIDE, SIDE, 8, 0, 0, 0, 0), 1)
                                .rows()),
                of(
                        WRONG_CHECKSUM,
                        "data",
                        "The CRC of the data is wrong.",
                        section,
                        picture -> withData(picture, PngPicture.zlib(PngPicture.plainRows(SIDE)))),
                of(
                        WRONG_CHECKSUM,
                        "zlib",
                        "The Adler-32 of the packed data is wrong.",
                        "RFC 1950 section 2.2,",
                        picture -> picture.header(SIDE, SIDE)
                                .chunk("IDAT", PngPicture.zlib(PngPicture.plainRows(SIDE), 1))));
    }

    private static PngPicture withData(PngPicture picture, byte[] data) {
        return picture.header(SIDE, SIDE).chunk(data.length, "IDAT", data, 1);
    }

    private static Stream<HostileFile> headers() {
        return Stream.of(
                header("depth", "The depth is 3 bits, which is not a valid depth.", 3, 0, 0, 0, 0),
                header("colour-type", "The type of colour is 5, which is not a valid type.", 8, 5, 0, 0, 0),
                header("depth-of-type", "True colour has a depth of 1 bit, which it cannot have.", 1, 2, 0, 0, 0),
                header("compression", "The compression method is 1, which is not a valid method.", 8, 0, 1, 0, 0),
                header("filter-method", "The filter method is 1, which is not a valid method.", 8, 0, 0, 1, 0),
                header("interlace", "The interlace method is 2, which is not a valid method.", 8, 0, 0, 0, 2),
                header("no-palette", "The colours are indexes into a palette that is missing.", 8, 3, 0, 0, 0));
    }

    private static HostileFile header(String variant, String description, int... rest) {
        return of(
                MALFORMED,
                variant,
                description,
                "section 11.2.1,",
                picture -> picture.chunk("IHDR", PngPicture.header(SIDE, SIDE, rest)).rows());
    }

    private static Stream<HostileFile> structures() {
        String section = "section 5.6,";
        return Stream.of(
                of(MALFORMED, "no-header", "The header is missing.", section, PngPicture::rows),
                of(
                        MALFORMED,
                        "two-headers",
                        "A second header states another size.",
                        section,
                        picture -> picture.header(SIDE, SIDE).header(9_000, 9_000).rows()),
                of(MALFORMED, "no-data", "The data are missing.", section, picture -> picture.header(SIDE, SIDE)),
                of(
                        MALFORMED,
                        "critical-chunk",
                        "A chunk that nobody knows is marked as one that must be known.",
                        "section 5.4,",
                        picture -> picture.header(SIDE, SIDE)
                                .chunk("EVIL", new byte[4])
                                .rows()),
                of(
                        MALFORMED,
                        "filter",
                        "A row has the filter 9, which is not a valid filter.",
                        "section 9.2,",
                        picture -> picture.header(SIDE, SIDE).chunk("IDAT", filtered(9))),
                of(
                        MALFORMED,
                        "palette-size",
                        "A palette has 257 colours.",
                        "section 11.2.2,",
                        picture -> picture.chunk("IHDR", PngPicture.header(SIDE, SIDE, 8, 3, 0, 0, 0))
                                .chunk("PLTE", new byte[3 * 257])
                                .rows()));
    }

    private static byte[] filtered(int filter) {
        byte[] rows = PngPicture.rowBytes(SIDE);
        rows[0] = (byte) filter;
        Adler32 sum = new Adler32();
        sum.update(rows);
        return PngPicture.zlib(new Deflate().copy(rows).finish(), sum.getValue());
    }
}
