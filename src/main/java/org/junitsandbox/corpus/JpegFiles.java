package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.COMPLEXITY;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.POLYGLOT;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** JPEG pictures that are too much, something else too, or not all there. */
final class JpegFiles {

    private static final PictureKind JPEG = new PictureKind(Format.JPEG, "T.81", JpegPicture::small);
    private static final int SIDE = PictureKind.SIDE;
    private static final int BOMB_SIDE = 10_000;
    private static final int PARTS = 10_000;

    /** So many blocks can be left out by one code of 15 zeros. */
    private static final int SKIPPED = 1 << 14;

    private static final int SCANS = 10_000;
    private static final int SCANNED_SIDE = 4096;

    private JpegFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(loads(), texts(), passengers(), JPEG.followed(), JPEG.disguises(), cuts())
                .flatMap(all -> all);
    }

    static HostileFile.Builder begin(
            Attack attack, String variant, String description, String section, Supplier<byte[]> content) {
        return JPEG.begin(attack, variant, description, section, content);
    }

    static HostileFile of(
            Attack attack, String variant, String description, String section, UnaryOperator<JpegPicture> segments) {
        return JPEG.of(
                attack,
                variant,
                description,
                section,
                () -> segments.apply(new JpegPicture()).toArray());
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                begin(
                                BOMB,
                                "pixels",
                                "10,000 times 10,000 grey pixels: 400 MB as RGBA, in 0.4 MB.",
                                "section B.2.2,",
                                () -> new JpegPicture()
                                        .application()
                                        .tables()
                                        .frame(BOMB_SIDE, BOMB_SIDE)
                                        .scan(0, 63, new byte[BOMB_SIDE / SIDE * (BOMB_SIDE / SIDE) / 4])
                                        .end()
                                        .toArray())
                        .expandsTo(4L * BOMB_SIDE * BOMB_SIDE, 1, 1)
                        .build(),
                begin(
                                COMPLEXITY,
                                "scans",
                                "10,000 scans go over 16 million pixels each, in 0.4 MB, and change none.",
                                "CVE-2017-9614, section G.1.2.2,",
                                JpegFiles::scans)
                        .expandsTo(4L * SCANNED_SIDE * SCANNED_SIDE, SCANS, 1)
                        .build(),
                begin(MANY_ENTRIES, "comments", "10,000 comments.", "section B.2.4.5,", () -> {
                            JpegPicture picture = new JpegPicture();
                            for (int i = 0; i < PARTS; i++) {
                                picture.segment(JpegPicture.COMMENT, Bytes.latin1("a"));
                            }
                            return picture.rest().toArray();
                        })
                        .expandsTo(4L * SIDE * SIDE, PARTS, 1)
                        .build());
    }

    private static byte[] scans() {
        int blocks = SCANNED_SIDE / SIDE * (SCANNED_SIDE / SIDE);
        JpegPicture picture = new JpegPicture()
                .application()
                .quantization()
                .huffman(0, 0)
                .huffman(0x10, 0xe0)
                .segment(JpegPicture.PROGRESSIVE, JpegPicture.frame(8, SCANNED_SIDE, SCANNED_SIDE, 1, 1, 0x11, 0))
                .scan(0, 0, new byte[blocks / 8]);
        // Its bits are a whole number of bytes, so that ones need not fill the last one.
        byte[] codes = new byte[15 * (blocks / SKIPPED) / 8];
        for (int i = 0; i < SCANS; i++) {
            picture.scan(1, 63, codes);
        }
        return picture.end().toArray();
    }

    private static HostileFile comment(Attack attack, String variant, String description, String text) {
        return of(attack, variant, description, "section B.2.4.5,", picture -> picture.segment(
                        JpegPicture.COMMENT, Bytes.latin1(text))
                .rest());
    }

    private static Stream<HostileFile> texts() {
        return PictureKind.texts("A comment", "holds", JpegFiles::comment);
    }

    private static Stream<HostileFile> passengers() {
        return Stream.of(
                // The length of the first segment is the beginning of a comment, the four bytes before it are letters.
                of(
                        POLYGLOT,
                        "javascript",
                        "The picture is also a script in JavaScript, if that is read as ISO 8859-1.",
                        "section B.2.4.6,",
                        picture -> picture.segment(
                                        JpegPicture.APPLICATION,
                                        script(('/' << 8 | '*') - 2))
                                .tables()
                                .frame(SIDE, SIDE)
                                .scan()
                                .end()),
                of(
                        CONCATENATED,
                        "two-pictures",
                        "A second picture follows behind the end.",
                        "section B.2.1,",
                        picture -> picture.rest().raw(JpegPicture.small())));
    }

    private static byte[] script(int length) {
        byte[] start = JpegPicture.jfif(0, 0);
        String end = "*/=1;alert(1)//";
        return new Bytes()
                .raw(start)
                .zeros(length - start.length - end.length())
                .text(end)
                .toArray();
    }

    private static Stream<HostileFile> cuts() {
        int tables = new JpegPicture().application().size();
        int frame = new JpegPicture().application().tables().size();
        int end = JpegPicture.small().length - 2;
        return JPEG.cuts(
                "section B.1.1.2,",
                new Cut("in-marker", "The file ends within the first marker.", 1),
                new Cut("after-start", "The file ends after the first marker.", 2),
                new Cut("in-application", "The file ends within the first segment.", 10),
                new Cut("in-tables", "The file ends within a table.", tables + 20),
                new Cut("in-frame", "The file ends within the header of the frame.", frame + 6),
                new Cut("after-frame", "The file ends after the header of the frame.", frame + 13),
                new Cut("in-scan", "The file ends before the codes of the scan.", end - 1),
                new Cut("after-scan", "The file ends before its last marker.", end));
    }
}
