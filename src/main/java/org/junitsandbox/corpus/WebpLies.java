package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** WebP pictures whose sizes, chunks and codes are not true, or not valid. */
final class WebpLies {

    private static final int SIDE = PictureKind.SIDE;
    private static final String CHUNK = "section 2.3,";
    private static final String FILE = "section 2.4,";
    private static final String CANVAS = "section 2.7,";
    private static final String LOSSLESS = "section 3,";

    private WebpLies() {}

    static Stream<HostileFile> files() {
        return Stream.of(promises(), sizes(), lossy(), structures(), codes()).flatMap(all -> all);
    }

    private static HostileFile sized(Attack attack, String variant, String description, long size) {
        return WebpFiles.begin(attack, variant, description, FILE, picture -> picture)
                .content(Content.of(() -> new WebpPicture().picture().toArray(size)))
                .build();
    }

    private static Stream<HostileFile> promises() {
        return Stream.of(
                sized(HUGE_PROMISE, "file", "The file states 4,294,967,286 bytes.", 0xffff_fff6L),
                WebpFiles.of(
                        HUGE_PROMISE,
                        "chunk",
                        "A chunk states 4,294,967,280 bytes.",
                        CHUNK,
                        picture -> picture.chunk(
                                WebpPicture.LOSSLESS, 0xffff_fff0L, WebpPicture.pixels(SIDE, SIDE))),
                WebpFiles.of(
                        HUGE_PROMISE,
                        "canvas",
                        "The canvas is 16,777,216 times 16,777,216 pixels, more than the format allows.",
                        CANVAS,
                        picture -> picture.canvas(0, 1 << 24, 1 << 24).picture()),
                WebpFiles.of(
                        HUGE_PROMISE,
                        "frame",
                        "A frame is 16,777,216 times 16,777,216 pixels, on a canvas of 8 times 8.",
                        "section 2.7.1.1,",
                        picture -> picture.canvas(WebpPicture.ANIMATED, SIDE, SIDE)
                                .animation()
                                .chunk(WebpPicture.FRAME, new Bytes()
                                        .zeros(6)
                                        .little(6, -1)
                                        .zeros(4)
                                        .toArray())),
                WebpFiles.of(
                        HUGE_PROMISE,
                        "profile",
                        "The colour profile states 4,294,967,295 bytes.",
                        "section 2.7.1.4,",
                        picture -> picture.canvas(WebpPicture.PROFILE, SIDE, SIDE)
                                .chunk("ICCP", new Bytes()
                                        .big(4, -1)
                                        .zeros(124)
                                        .big(4, -1)
                                        .toArray())
                                .picture()));
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                sized(WRONG_SIZE, "file", "The file states 0 bytes.", 0),
                sized(WRONG_SIZE, "odd-file", "The file states 21 bytes, within its only chunk.", 21),
                WebpFiles.of(
                        WRONG_SIZE,
                        "chunk-outside",
                        "A chunk states 1,000 bytes, more than the file has.",
                        CHUNK,
                        picture -> picture.chunk(WebpPicture.LOSSLESS, 1000, WebpPicture.pixels(SIDE, SIDE))),
                WebpFiles.of(WRONG_SIZE, "empty-chunk", "A chunk with the picture has no bytes.", CHUNK, picture ->
                        picture.chunk(WebpPicture.LOSSLESS, new byte[0])),
                WebpFiles.of(
                        WRONG_SIZE,
                        "canvas",
                        "The canvas is 8 times 8 pixels, the picture 9,000 times 9,000.",
                        CANVAS,
                        picture -> picture.canvas(0, SIDE, SIDE)
                                .chunk(WebpPicture.LOSSLESS, WebpPicture.pixels(9_000, 9_000))),
                WebpFiles.of(
                        WRONG_SIZE,
                        "frame-outside",
                        "A frame is outside of the canvas.",
                        "section 2.7.1.1,",
                        picture -> picture.canvas(WebpPicture.ANIMATED, SIDE, SIDE)
                                .animation()
                                .frame(1_000, 1_000, SIDE, SIDE)));
    }

    private static HostileFile lossy(String variant, String description, int width, int height, int partition) {
        byte[] content = new Bytes()
                .little(3, 0x10 | (long) partition << 5)
                .raw(0x9d, 0x01, 0x2a)
                .little(2, width)
                .little(2, height)
                .zeros(32)
                .toArray();
        return WebpFiles.of(
                WRONG_SIZE,
                variant,
                description,
                "RFC 6386 section 9.1,",
                picture -> picture.chunk("VP8 ", content));
    }

    private static Stream<HostileFile> lossy() {
        return Stream.of(
                lossy("no-width", "The width of a lossy picture is 0.", 0, SIDE, 16),
                lossy("no-height", "The height of a lossy picture is 0.", SIDE, 0, 16),
                lossy("partition", "A part of a lossy picture leads over its end.", SIDE, SIDE, 0x7ffff));
    }

    private static HostileFile structure(
            String variant, String description, String section, UnaryOperator<WebpPicture> chunks) {
        return WebpFiles.of(MALFORMED, variant, description, section, chunks);
    }

    private static Stream<HostileFile> structures() {
        return Stream.of(
                structure("no-picture", "There is a canvas and no picture.", CANVAS, picture -> picture.canvas(
                        0, SIDE, SIDE)),
                structure("no-frames", "There is an animation without a frame.", CANVAS, picture -> picture.canvas(
                                WebpPicture.ANIMATED, SIDE, SIDE)
                        .animation()),
                structure("no-animation", "A frame comes without the chunk of its animation.", CANVAS, picture ->
                        picture.canvas(WebpPicture.ANIMATED, SIDE, SIDE).frame(0, 0, SIDE, SIDE)),
                structure("two-canvases", "A second canvas has another size.", CANVAS, picture -> picture.canvas(
                                0, SIDE, SIDE)
                        .canvas(0, 9_000, 9_000)
                        .picture()));
    }

    private static HostileFile codes(String variant, String description, String section, BitWriter bits) {
        byte[] content = bits.bits(8, 0).toArray();
        return structure(variant, description, section + " " + LOSSLESS, picture -> picture.chunk(
                WebpPicture.LOSSLESS, content));
    }

    private static BitWriter header() {
        return WebpPicture.header(0x2f, SIDE, SIDE, 0);
    }

    private static Stream<HostileFile> codes() {
        return Stream.of(
                codes(
                        "signature",
                        "The signature of the picture is 00, of 2F.",
                        "section 3.4,",
                        WebpPicture.codes(
                                WebpPicture.header(0, SIDE, SIDE, 0).bits(3, 0))),
                codes(
                        "version",
                        "The version of the picture is 7, of 0.",
                        "section 3.4,",
                        WebpPicture.codes(
                                WebpPicture.header(0x2f, SIDE, SIDE, 7).bits(3, 0))),
                codes(
                        "cache",
                        "The cache of colours has 15 bits, of 11 at most.",
                        "section 3.5.3,",
                        WebpPicture.codes(header().bits(2, 0b10).bits(4, 15).bits(1, 0))),
                codes(
                        "transform-twice",
                        "A transform is there twice, which it cannot be.",
                        "section 3.5.1,",
                        WebpPicture.codes(
                                header().bits(3, 0b101).bits(3, 0b101).bits(3, 0))),
                // Four lengths of lengths, which are all 1: more codes than one bit can tell apart.
                codes(
                        "prefix",
                        "A prefix code has more codes than its lengths allow.",
                        "CVE-2023-4863, section 3.7.2,",
                        header().bits(3, 0).bits(1, 0).bits(4, 0).bits(12, 0b001001001001)));
    }
}
