package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** PNG pictures that are too much, more than one thing, something else, or not all there. */
final class PngFiles {

    private static final PictureKind PNG = new PictureKind(Format.PNG, "PNG 3rd edition", PngPicture::small);
    private static final int PARTS = 10_000;

    private PngFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(loads(), passengers(), PNG.followed(), PNG.disguises(), disguises(), cuts())
                .flatMap(all -> all);
    }

    /** A picture that shows the small one where it shows something. */
    static HostileFile.Builder begin(
            Attack attack, String variant, String description, String section, Supplier<byte[]> content) {
        return PNG.begin(attack, variant, description, section, content);
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, Supplier<byte[]> content) {
        return PNG.of(attack, variant, description, section, content);
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                begin(
                                BOMB,
                                "pixels",
                                "20,000 times 20,000 black pixels of 1 bit: 1.6 GB as RGBA, in 48 kB.",
                                "CVE-2015-8540, section 11.2.1,",
                                () -> square(20_000))
                        .expandsTo(4L * 20_000 * 20_000, 1, 1)
                        .build(),
                begin(
                                BOMB,
                                "text",
                                "A packed comment of 64 MiB, in 65 kB.",
                                "CVE-2015-0973, section 11.3.3.3,",
                                () -> with("zTXt", "Comment\0\0", PngPicture.zeros(64 << 20)))
                        .expandsTo(64 << 20, 2, 1)
                        .build(),
                begin(
                                BOMB,
                                "profile",
                                "A packed colour profile of 64 MiB, in 65 kB.",
                                "section 11.3.2.3,",
                                () -> with("iCCP", "profile\0\0", PngPicture.zeros(64 << 20)))
                        .expandsTo(64 << 20, 2, 1)
                        .build(),
                begin(
                                MANY_ENTRIES,
                                "texts",
                                "10,000 comments.",
                                "CVE-2011-3048, section 11.3.3.2,",
                                () -> many("tEXt", Bytes.latin1("a\0b")))
                        .expandsTo(PARTS, PARTS, 1)
                        .build(),
                begin(
                                MANY_ENTRIES,
                                "empty-data",
                                "10,000 chunks of data without any byte.",
                                "section 11.2.3,",
                                () -> many("IDAT", new byte[0]))
                        .expandsTo(0, PARTS, 1)
                        .build());
    }

    private static byte[] square(int side) {
        return new PngPicture()
                .chunk("IHDR", PngPicture.header(side, side, 1, 0, 0, 0, 0))
                .chunk("IDAT", PngPicture.zeros(side * (1L + side / 8)))
                .end();
    }

    private static byte[] with(String type, String start, byte[] content) {
        byte[] whole = new Bytes().raw(Bytes.latin1(start)).raw(content).toArray();
        return new PngPicture()
                .header(PngPicture.SIDE, PngPicture.SIDE)
                .chunk(type, whole)
                .rows()
                .end();
    }

    private static byte[] many(String type, byte[] content) {
        PngPicture picture = new PngPicture().header(PngPicture.SIDE, PngPicture.SIDE);
        for (int i = 0; i < PARTS; i++) {
            picture.chunk(type, content);
        }
        return picture.rows().end();
    }

    private static HostileFile comment(Attack attack, String variant, String description, String text) {
        return of(
                attack,
                variant,
                description,
                "section 11.3.3.2,",
                () -> with("tEXt", "Comment\0", Bytes.latin1(text)));
    }

    private static Stream<HostileFile> passengers() {
        return Stream.concat(
                PictureKind.texts("A comment", "holds", PngFiles::comment),
                Stream.of(of(
                        CONCATENATED,
                        "two-pictures",
                        "A second picture follows behind the end.",
                        "section 5.3,",
                        () -> PNG.joined(PngPicture.small()))));
    }

    /** More of what ImageMagick takes for drawing commands by their first bytes: the holes of 2016. */
    private static Stream<HostileFile> disguises() {
        return Stream.of(
                PNG.disguise(
                        "mvg-command",
                        "Drawing commands of ImageMagick that pass a command to a shell.",
                        "CVE-2016-3714,",
                        drawing("fill 'url(https://example.invalid/x.png\"|touch \"/tmp/owned)'")),
                PNG.disguise(
                        "mvg-delete",
                        "Drawing commands of ImageMagick that delete another file.",
                        "CVE-2016-3715,",
                        drawing("image over 0,0 0,0 'ephemeral:/tmp/owned'")),
                PNG.disguise(
                        "mvg-move",
                        "Drawing commands of ImageMagick that run a script of it.",
                        "CVE-2016-3716,",
                        drawing("image over 0,0 0,0 'msl:/tmp/owned.msl'")),
                PNG.disguise(
                        "mvg-url",
                        "Drawing commands of ImageMagick that take a picture from the network.",
                        "CVE-2016-3718,",
                        drawing("fill 'url(http://example.invalid/x.png)'")),
                PNG.disguise(
                        "mvg-text",
                        "Drawing commands of ImageMagick that show another file as text.",
                        "CVE-2016-3717,",
                        drawing("image over 0,0 0,0 'text:/etc/passwd'")),
                PNG.disguise(
                        "msl",
                        "A script of ImageMagick that writes another file.",
                        "CVE-2016-3716,",
                        "<?xml version='1.0'?>\n<image><read filename='/etc/passwd'/>"
                                + "<write filename='/tmp/owned'/></image>\n"),
                PNG.disguise(
                        "svg",
                        "An SVG picture that shows another file.",
                        "CVE-2016-3717,",
                        "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'>"
                                + "<image width='64' height='64' href='text:/etc/passwd'/></svg>\n"));
    }

    private static String drawing(String command) {
        return "push graphic-context\nviewbox 0 0 64 64\n" + command + "\npop graphic-context\n";
    }

    private static Stream<HostileFile> cuts() {
        int data = PngPicture.SIGNATURE.length + PngPicture.HEADER_BYTES;
        int end = PngPicture.small().length - 12;
        return PNG.cuts(
                "section 5.3,",
                new Cut("in-signature", "The file ends within the signature.", 5),
                new Cut("after-signature", "The file ends after the signature.", 8),
                new Cut("in-header", "The file ends within the header.", 20),
                new Cut("after-header", "The file ends after the header.", data),
                new Cut("in-data", "The file ends within the data.", data + 30),
                new Cut("after-data", "The file ends before its last chunk.", end),
                new Cut("in-end", "The file ends within its last chunk.", end + 6));
    }
}
