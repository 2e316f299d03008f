package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.POLYGLOT;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** BMP pictures: signed sizes that are negative, runs that leave the picture, offsets that leave the file. */
final class BmpFiles {

    private static final PictureKind BMP = new PictureKind(Format.BMP, "MS-WMF 2.2.2", BmpPicture::small);
    private static final int SIDE = PictureKind.SIDE;
    private static final int BOMB_SIDE = 5_000;
    private static final long MAX = 0x7fff_ffffL;
    private static final long MIN = 0x8000_0000L;
    private static final String SIZES = "biWidth and biHeight,";
    private static final byte[] END_OF_PICTURE = {0, 1};

    private BmpFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(
                        loads(),
                        promises(),
                        sizes(),
                        runs(),
                        structures(),
                        passengers(),
                        BMP.followed(),
                        BMP.disguises(),
                        cuts())
                .flatMap(all -> all);
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, UnaryOperator<BmpPicture> change) {
        return BMP.of(
                attack,
                variant,
                description,
                section,
                () -> change.apply(new BmpPicture()).toArray());
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(BMP.begin(
                        BOMB,
                        "pixels",
                        "5,000 times 5,000 pixels of one colour: 100 MB as RGBA, in 210 kB.",
                        "BI_RLE8,",
                        () -> new BmpPicture()
                                .size(BOMB_SIDE, BOMB_SIDE)
                                .compression(BmpPicture.RLE8)
                                .data(black())
                                .toArray())
                .expandsTo(4L * BOMB_SIDE * BOMB_SIDE, 1, 1)
                .build());
    }

    private static byte[] black() {
        Bytes codes = new Bytes();
        for (int row = 0; row < BOMB_SIDE; row++) {
            for (int run = 0; run < BOMB_SIDE / 250; run++) {
                codes.raw(250, 0);
            }
            codes.raw(0, 0);
        }
        return codes.raw(END_OF_PICTURE).toArray();
    }

    private static Stream<HostileFile> promises() {
        return Stream.of(
                of(
                        HUGE_PROMISE,
                        "dimensions",
                        "The header states 2,147,483,647 times 2,147,483,647 pixels.",
                        SIZES,
                        picture -> picture.size(MAX, MAX)),
                of(
                        HUGE_PROMISE,
                        "overflow",
                        "The header states 65,536 times 65,537 pixels, a number that overflows 32 bits.",
                        "CWE-190, " + SIZES,
                        picture -> picture.size(1 << 16, (1 << 16) + 1)),
                of(
                        HUGE_PROMISE,
                        "height",
                        "The header states a height of 100,000,000 pixels.",
                        SIZES,
                        picture -> picture.size(SIDE, 100_000_000)),
                of(
                        HUGE_PROMISE,
                        "colours",
                        "The header states 4,294,967,295 colours.",
                        "biClrUsed,",
                        picture -> picture.used(0xffff_ffffL)),
                of(
                        HUGE_PROMISE,
                        "header",
                        "The header states 2,147,483,647 bytes of its own.",
                        "biSize,",
                        picture -> picture.headerBytes(MAX)));
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                of(WRONG_SIZE, "no-width", "The width is 0.", SIZES, picture -> picture.size(0, SIDE)),
                of(WRONG_SIZE, "no-height", "The height is 0.", SIZES, picture -> picture.size(SIDE, 0)),
                of(
                        WRONG_SIZE,
                        "negative-width",
                        "The width is -8, which only a height can be.",
                        SIZES,
                        picture -> picture.size(-SIDE, SIDE)),
                of(
                        WRONG_SIZE,
                        "smallest-height",
                        "The height is -2,147,483,648, which has no positive number.",
                        "CWE-190, " + SIZES,
                        picture -> picture.size(SIDE, MIN)),
                of(
                        WRONG_SIZE,
                        "file",
                        "The file's header states 4,294,967,295 bytes.",
                        "bfSize,",
                        picture -> picture.fileBytes(0xffff_ffffL)),
                of(
                        WRONG_SIZE,
                        "offset-outside",
                        "The rows begin far behind the end of the file.",
                        "bfOffBits,",
                        picture -> picture.offset(0xffff_ff00L)),
                of(
                        WRONG_SIZE,
                        "offset-in-header",
                        "The rows begin within the header.",
                        "bfOffBits,",
                        picture -> picture.offset(0)),
                of(
                        WRONG_SIZE,
                        "missing-rows",
                        "The rows end after 4 of 8.",
                        "section 2.2.2.9,",
                        picture -> picture.data(BmpPicture.rows(SIDE / 2))));
    }

    private static HostileFile run(String variant, String description, int... bytes) {
        byte[] codes = new Bytes().raw(bytes).raw(END_OF_PICTURE).toArray();
        return of(MALFORMED, variant, description, "BI_RLE8,", picture -> picture.compression(BmpPicture.RLE8)
                .data(codes));
    }

    private static Stream<HostileFile> runs() {
        return Stream.of(
                run("run", "A run of 255 pixels leads over the end of a row.", 255, 1),
                run("rows", "More rows come out than the header states.", rows(2 * SIDE)),
                run("delta", "A jump leads out of the picture, and a run follows there.", 0, 2, 255, 255, 8, 1),
                run("literal", "A part that is not packed states more bytes than there are.", 0, 255, 1, 2));
    }

    private static int[] rows(int count) {
        int[] codes = new int[4 * count];
        for (int row = 0; row < count; row++) {
            codes[4 * row] = SIDE;
            codes[4 * row + 1] = 1;
        }
        return codes;
    }

    private static Stream<HostileFile> structures() {
        byte[] last = new byte[SIDE * SIDE];
        last[0] = (byte) 0xff;
        String bits = "biBitCount,";
        return Stream.of(
                of(MALFORMED, "bits", "A pixel has 3 bits, which it cannot have.", bits, picture -> picture.bits(3)),
                of(MALFORMED, "many-bits", "A pixel has 65,535 bits.", bits, picture -> picture.bits(0xffff)),
                of(MALFORMED, "planes", "There are 0 planes, of 1.", "biPlanes,", picture -> picture.planes(0)),
                of(
                        MALFORMED,
                        "compression",
                        "The compression is 99, which is not a valid method.",
                        "section 2.1.1.7,",
                        picture -> picture.compression(99)),
                of(
                        MALFORMED,
                        "compression-of-bits",
                        "Runs of 8 bits are stated for pixels of 24 bits.",
                        "section 2.1.1.7,",
                        picture -> picture.compression(BmpPicture.RLE8).bits(24)),
                of(
                        MALFORMED,
                        "header-size",
                        "The header states 0 bytes of its own.",
                        "biSize,",
                        picture -> picture.headerBytes(0)),
                of(
                        MALFORMED,
                        "colour-index",
                        "A pixel has the colour 255 of 16.",
                        "biClrUsed,",
                        picture -> picture.data(last)),
                of(
                        MALFORMED,
                        "masks",
                        "The masks of the colours overlap and have holes.",
                        "BI_BITFIELDS,",
                        picture -> picture.bits(32).compression(BmpPicture.MASKS)));
    }

    private static Stream<HostileFile> passengers() {
        byte[] rows = new Bytes().text(PictureKind.PHP).raw(BmpPicture.rows(SIDE)).toArray();
        int start = BmpPicture.small().length - SIDE * SIDE;
        return Stream.of(of(
                POLYGLOT,
                "php",
                "Between colours and rows is a PHP script, which runs where the file is included.",
                "bfOffBits,",
                picture -> picture.data(rows).offset(start + PictureKind.PHP.length())));
    }

    private static Stream<HostileFile> cuts() {
        int header = BmpPicture.FILE_HEADER_BYTES;
        int colours = header + BmpPicture.HEADER_BYTES;
        return BMP.cuts(
                "section 2.2.2.9,",
                new Cut("in-file-header", "The file ends within its header.", 8),
                new Cut("after-file-header", "The file ends after its header.", header),
                new Cut("in-header", "The file ends within the header of the picture.", header + 20),
                new Cut("after-header", "The file ends after the header of the picture.", colours),
                new Cut("in-colours", "The file ends within the table of colours.", colours + 30),
                new Cut("after-colours", "The file ends after the table of colours.", colours + 64),
                new Cut("in-rows", "The file ends within the rows.", colours + 64 + 20));
    }
}
