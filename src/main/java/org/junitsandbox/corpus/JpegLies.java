package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** JPEG pictures whose sizes, components and tables are not true, or not valid. */
final class JpegLies {

    private static final int SIDE = PictureKind.SIDE;
    private static final int MAX = 0xffff;
    private static final String FRAME = "section B.2.2,";

    private JpegLies() {}

    static Stream<HostileFile> files() {
        return Stream.of(sizes(), frames(), tables(), structures()).flatMap(all -> all);
    }

    private static HostileFile framed(
            Attack attack, String variant, String description, UnaryOperator<JpegPicture> frame) {
        return JpegFiles.of(attack, variant, description, FRAME, picture -> frame.apply(
                        picture.application().tables())
                .scan()
                .end());
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                framed(
                        HUGE_PROMISE,
                        "dimensions",
                        "The frame states 65,535 times 65,535 pixels, of which 64 are there.",
                        picture -> picture.frame(MAX, MAX)),
                framed(WRONG_SIZE, "no-width", "The width is 0.", picture -> picture.frame(0, SIDE)),
                framed(
                        WRONG_SIZE,
                        "no-height",
                        "The height is 0, and no later segment states it.",
                        picture -> picture.frame(SIDE, 0)),
                framed(
                        WRONG_SIZE,
                        "missing-rows",
                        "The frame states 64 times 64 pixels, of which 64 are there.",
                        picture -> picture.frame(64, 64)),
                JpegFiles.of(
                        WRONG_SIZE,
                        "segment",
                        "A segment states 0 bytes, where its length has 2 itself.",
                        "section B.1.1.4,",
                        picture -> picture.segment(JpegPicture.COMMENT, 0, new byte[0])
                                .rest()),
                JpegFiles.of(
                        WRONG_SIZE,
                        "segment-outside",
                        "A segment states 65,535 bytes, more than the file has.",
                        "section B.1.1.4,",
                        picture -> picture.segment(JpegPicture.COMMENT, MAX, new byte[4])
                                .rest()),
                JpegFiles.of(
                        WRONG_SIZE,
                        "jfif-thumbnail",
                        "The first segment states a thumbnail of 255 times 255 pixels, of which none is there.",
                        "JFIF 1.02,",
                        picture -> picture.segment(JpegPicture.APPLICATION, JpegPicture.jfif(255, 255))
                                .tables()
                                .frame(SIDE, SIDE)
                                .scan()
                                .end()));
    }

    private static HostileFile frame(String variant, String description, int depth, int... components) {
        byte[] content = JpegPicture.frame(depth, SIDE, SIDE, components);
        return framed(MALFORMED, variant, description, picture -> picture.segment(JpegPicture.BASELINE, content));
    }

    private static Stream<HostileFile> frames() {
        return Stream.of(
                frame("depth", "The depth is 3 bits, which is not a valid depth.", 3, 1, 1, 0x11, 0),
                frame("no-components", "The frame has 0 components.", 8, 0),
                frame("components", "The frame states 255 components, of which 1 is there.", 8, 255, 1, 0x11, 0),
                frame("no-sampling", "A component has 0 times 0 samples.", 8, 1, 1, 0, 0),
                frame("sampling", "A component has 15 times 15 samples, of 4 at most.", 8, 1, 1, 0xff, 0),
                frame("quantization-number", "A component has the quantization table 255, of 3.", 8, 1, 1, 0x11, 255),
                frame("component", "The scan has a component that the frame has not.", 8, 1, 9, 0x11, 0),
                framed(
                        MALFORMED,
                        "two-frames",
                        "A second header of a frame states another size.",
                        picture -> picture.frame(SIDE, SIDE).frame(9_000, 9_000)),
                framed(MALFORMED, "no-frame", "There is a scan without a frame.", picture -> picture),
                framed(
                        MALFORMED,
                        "lossless",
                        "The frame is one of a lossless picture, which few programs read.",
                        picture -> picture.segment(0xc3, JpegPicture.frame(8, SIDE, SIDE, 1, 1, 0x11, 0))));
    }

    private static HostileFile tables(
            String variant, String description, String section, UnaryOperator<JpegPicture> tables) {
        return JpegFiles.of(MALFORMED, variant, description, section, picture -> tables.apply(picture.application())
                .frame(SIDE, SIDE)
                .scan()
                .end());
    }

    private static Stream<HostileFile> tables() {
        String huffman = "section B.2.4.2,";
        return Stream.of(
                tables(
                        "no-quantization",
                        "The quantization table is missing.",
                        "section B.2.4.1,",
                        picture -> picture.huffman(0, 0).huffman(0x10, 0)),
                tables("no-huffman", "The Huffman tables are missing.", huffman, JpegPicture::quantization),
                tables(
                        "huffman-number",
                        "A Huffman table has the number 15, of 3 at most.",
                        huffman,
                        picture -> picture.tables().huffman(0x1f, 0)),
                tables(
                        "huffman-codes",
                        "A Huffman table has 255 codes of one bit.",
                        "CWE-787, " + huffman,
                        picture -> picture.tables()
                                .segment(
                                        JpegPicture.HUFFMAN,
                                        new Bytes().raw(0, 255).zeros(15 + 255).toArray())),
                tables(
                        "huffman-symbols",
                        "A Huffman table states 4,080 codes, of 256 at most.",
                        "CWE-787, " + huffman,
                        picture -> picture.tables()
                                .segment(
                                        JpegPicture.HUFFMAN,
                                        new Bytes()
                                                .raw(0)
                                                .raw("\u00ff".repeat(16).chars().toArray())
                                                .zeros(4080)
                                                .toArray())));
    }

    private static Stream<HostileFile> structures() {
        return Stream.of(
                JpegFiles.of(
                        MALFORMED,
                        "no-scan",
                        "The scan is missing.",
                        "section B.2.1,",
                        picture -> picture.application()
                                .tables()
                                .frame(SIDE, SIDE)
                                .end()),
                JpegFiles.of(
                        MALFORMED,
                        "two-starts",
                        "The marker of the start is there twice.",
                        "section B.2.1,",
                        picture -> picture.raw(new byte[] {(byte) 0xff, (byte) 0xd8}).rest()),
                JpegFiles.of(
                        MALFORMED,
                        "marker",
                        "Between two segments is a byte that begins none.",
                        "section B.1.1.2,",
                        picture -> picture.application()
                                .raw(new byte[] {0x55})
                                .tables()
                                .frame(SIDE, SIDE)
                                .scan()
                                .end()));
    }
}
