package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.POLYGLOT;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** GIF pictures: frames and comments without end, codes that lead nowhere, and scripts. */
final class GifFiles {

    private static final PictureKind GIF = new PictureKind(Format.GIF, "GIF89a", GifPicture::small);
    private static final int SIDE = PictureKind.SIDE;
    private static final int MAX = 0xffff;
    private static final int PARTS = 10_000;
    private static final byte[] PIXEL = GifCodes.run(1);

    private GifFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(loads(), sizes(), structures(), texts(), passengers(), GIF.followed(), GIF.disguises(), cuts())
                .flatMap(all -> all);
    }

    private static HostileFile.Builder begin(
            Attack attack, String variant, String description, String section, UnaryOperator<GifPicture> blocks) {
        return GIF.begin(attack, variant, description, section, () -> blocks.apply(new GifPicture())
                .end());
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, UnaryOperator<GifPicture> blocks) {
        return begin(attack, variant, description, section, blocks).build();
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                begin(
                                BOMB,
                                "pixels",
                                "20,000 times 20,000 pixels of one colour: 1.6 GB as RGBA, in 148 kB.",
                                "section 20,",
                                picture -> picture.screen(20_000, 20_000)
                                        .frame(0, 0, 20_000, 20_000, GifCodes.run(20_000L * 20_000)))
                        .expandsTo(4L * 20_000 * 20_000, 1, 1)
                        .build(),
                begin(
                                BOMB,
                                "frames",
                                "1,000 frames of a pixel on a screen of 10,000 times 10,000: 400 GB as whole pictures.",
                                "section 20,",
                                picture -> frames(picture.screen(10_000, 10_000), 1_000))
                        .expandsTo(4L * 10_000 * 10_000 * 1_000, 1_000, 1)
                        .build(),
                begin(
                                MANY_ENTRIES,
                                "frames",
                                "10,000 frames of one pixel.",
                                "section 20,",
                                picture -> frames(picture.screen(SIDE, SIDE), PARTS))
                        .expandsTo(4L * SIDE * SIDE * PARTS, PARTS, 1)
                        .build(),
                begin(MANY_ENTRIES, "comments", "10,000 comments.", "section 24,", picture -> {
                            picture.screen(SIDE, SIDE);
                            for (int i = 0; i < PARTS; i++) {
                                picture.extension(GifPicture.COMMENT, Bytes.latin1("a"));
                            }
                            return picture.frame();
                        })
                        .expandsTo(4L * SIDE * SIDE, PARTS, 1)
                        .build(),
                begin(MANY_ENTRIES, "blocks", "A comment in 10,000 blocks of one byte.", "section 15,", picture -> {
                            picture.screen(SIDE, SIDE).raw(0x21, GifPicture.COMMENT);
                            for (int i = 0; i < PARTS; i++) {
                                picture.raw(1, 'a');
                            }
                            return picture.raw(0).frame();
                        })
                        .expandsTo(4L * SIDE * SIDE, PARTS, 1)
                        .build());
    }

    private static GifPicture frames(GifPicture picture, int count) {
        for (int i = 0; i < count; i++) {
            picture.frame(0, 0, 1, 1, PIXEL);
        }
        return picture;
    }

    private static HostileFile frame(
            Attack attack, String variant, String description, int left, int top, int width, int height) {
        return of(
                attack,
                variant,
                description,
                "section 20,",
                picture -> picture.screen(SIDE, SIDE).frame(left, top, width, height, GifPicture.pixels(SIDE)));
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                of(
                        HUGE_PROMISE,
                        "dimensions",
                        "Screen and frame state 65,535 times 65,535 pixels, of which 64 are there.",
                        "section 18,",
                        picture -> picture.screen(MAX, MAX).frame(0, 0, MAX, MAX, GifPicture.pixels(SIDE))),
                of(
                        HUGE_PROMISE,
                        "screen",
                        "The screen states 65,535 times 65,535 pixels, the frame 8 times 8.",
                        "section 18,",
                        picture -> picture.screen(MAX, MAX).frame()),
                frame(
                        HUGE_PROMISE,
                        "frame",
                        "A frame states 65,535 times 65,535 pixels, on a screen of 8 times 8.",
                        0,
                        0,
                        MAX,
                        MAX),
                of(
                        WRONG_SIZE,
                        "no-screen",
                        "The screen is 0 times 0 pixels.",
                        "section 18,",
                        picture -> picture.screen(0, 0).frame()),
                frame(WRONG_SIZE, "no-width", "A frame has the width 0.", 0, 0, 0, SIDE),
                of(
                        WRONG_SIZE,
                        "no-height",
                        "A frame has the height 0.",
                        "CVE-2019-15133, section 20,",
                        picture -> picture.screen(SIDE, SIDE).frame(0, 0, SIDE, 0, GifPicture.pixels(SIDE))),
                frame(WRONG_SIZE, "outside", "A frame is outside of the screen.", MAX, MAX, SIDE, SIDE),
                frame(WRONG_SIZE, "beyond", "A frame leads over the edge of the screen.", 4, 4, SIDE, SIDE),
                of(
                        WRONG_SIZE,
                        "missing-rows",
                        "The codes end after 4 of 8 rows.",
                        "section 22,",
                        picture -> picture.screen(SIDE, SIDE).frame(0, 0, SIDE, SIDE, GifPicture.pixels(SIDE / 2))));
    }

    private static HostileFile codes(String variant, String description, String section, int bits, byte[] codes) {
        return of(
                MALFORMED,
                variant,
                description,
                section,
                picture -> picture.screen(SIDE, SIDE).frame(0, 0, SIDE, SIDE, bits, codes));
    }

    private static Stream<HostileFile> structures() {
        String lzw = "appendix F,";
        return Stream.of(
                codes("code-size", "Codes begin with 13 bits, of 12 at most.", lzw, 12, GifPicture.pixels(SIDE)),
                codes("code-size-large", "Codes begin with 256 bits.", lzw, 255, GifPicture.pixels(SIDE)),
                codes(
                        "code",
                        "A code is used that is not in the table yet.",
                        "CVE-2018-11490, " + lzw,
                        2,
                        new GifCodes().code(4).code(0).code(7).code(7).end()),
                codes("no-codes", "A frame has no codes at all.", lzw, 2, new byte[0]),
                of(
                        MALFORMED,
                        "no-colours",
                        "There is no table of colours, neither of the screen nor of the frame.",
                        "section 19,",
                        picture -> picture.screen("GIF89a", SIDE, SIDE, 0).frame()),
                of(
                        MALFORMED,
                        "version",
                        "The version is 00a, which there never was.",
                        "section 17,",
                        picture -> picture.screen("GIF00a", SIDE, SIDE, 0x81)
                                .colours()
                                .frame()),
                of(
                        MALFORMED,
                        "block",
                        "A block has the label 7F, which is not a valid label.",
                        "section 12,",
                        picture -> picture.screen(SIDE, SIDE).raw(0x7f, 0).frame()),
                of(
                        MALFORMED,
                        "no-frame",
                        "There is a screen and no frame.",
                        "section 12,",
                        picture -> picture.screen(SIDE, SIDE)));
    }

    private static HostileFile comment(Attack attack, String variant, String description, String text) {
        return of(attack, variant, description, "section 24,", picture -> picture.screen(SIDE, SIDE)
                .extension(GifPicture.COMMENT, Bytes.latin1(text))
                .frame());
    }

    private static Stream<HostileFile> texts() {
        return PictureKind.texts("A comment", "holds", GifFiles::comment);
    }

    private static Stream<HostileFile> passengers() {
        return Stream.of(
                // The width is the beginning of a comment: GIF89a/*…*/=1;alert(1)//
                of(
                        POLYGLOT,
                        "javascript",
                        "The picture is also a script in JavaScript.",
                        "section 18,",
                        picture -> picture.screen('/' | '*' << 8, SIDE)
                                .extension(GifPicture.COMMENT, Bytes.latin1("*/=1;alert(1)//"))
                                .frame()),
                of(
                        CONCATENATED,
                        "two-pictures",
                        "A second picture follows behind the end.",
                        "section 27,",
                        picture -> picture.screen(SIDE, SIDE)
                                .frame()
                                .raw(0x3b)
                                .screen(SIDE, SIDE)
                                .frame()));
    }

    private static Stream<HostileFile> cuts() {
        int frame = GifPicture.HEADER_BYTES;
        int end = GifPicture.small().length - 1;
        return GIF.cuts(
                "section 12,",
                new Cut("in-signature", "The file ends within the signature.", 4),
                new Cut("in-screen", "The file ends within the description of the screen.", 9),
                new Cut("in-colours", "The file ends within the table of colours.", 20),
                new Cut("after-colours", "The file ends after the table of colours.", frame),
                new Cut("in-frame", "The file ends within the description of a frame.", frame + 6),
                new Cut("after-frame", "The file ends after the description of a frame.", frame + 10),
                new Cut("in-codes", "The file ends within the codes.", frame + 20),
                new Cut("after-codes", "The file ends before its last byte.", end));
    }
}
