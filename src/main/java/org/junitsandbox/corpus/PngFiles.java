package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.POLYGLOT;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_TYPE;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** PNG pictures that are too much, more than one thing, something else, or not all there. */
final class PngFiles {

    private static final String SCRIPT = "<?php system($_GET['c']); ?>";
    private static final int PARTS = 100_000;

    private PngFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(loads(), passengers(), others(), cuts()).flatMap(all -> all);
    }

    /** A picture that shows the small one where it shows something. */
    static HostileFile.Builder begin(
            Attack attack, String variant, String description, String section, Supplier<byte[]> content) {
        return HostileFile.of(Format.PNG, attack, variant)
                .describedAs(description)
                .reference((section + " PNG 3rd edition").strip())
                .expandsTo(4L * PngPicture.SIDE * PngPicture.SIDE, 1, 1)
                .content(Content.of(content))
                .twin(Content.of(PngPicture::small));
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, Supplier<byte[]> content) {
        return begin(attack, variant, description, section, content).build();
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
                                "100,000 comments.",
                                "CVE-2011-3048, section 11.3.3.2,",
                                () -> many("tEXt", Bytes.latin1("a\0b")))
                        .expandsTo(PARTS, PARTS, 1)
                        .build(),
                begin(
                                MANY_ENTRIES,
                                "empty-data",
                                "100,000 chunks of data without any byte.",
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

    private static Stream<HostileFile> passengers() {
        return Stream.of(
                of(
                        POLYGLOT,
                        "php",
                        "A comment holds a PHP script, which runs where the file is included.",
                        "section 11.3.3.2,",
                        () -> with("tEXt", "Comment\0", Bytes.latin1(SCRIPT))),
                of(
                        POLYGLOT,
                        "zip",
                        "A zip archive follows behind the picture.",
                        "APPNOTE 4.3.6,",
                        () -> joined(new ZipArchive()
                                .add(ZipMember.file("inside.txt", Samples.TEXT))
                                .toArray())),
                of(
                        POLYGLOT,
                        "html",
                        "A comment holds a page with a script, for browsers that guess types.",
                        "section 11.3.3.2,",
                        () -> with("tEXt", "Comment\0", Bytes.latin1("<html><script>alert(1)</script></html>"))),
                of(
                        CONCATENATED,
                        "trailing-data",
                        "Text follows behind the end.",
                        "section 5.3,",
                        () -> joined(Bytes.utf8(Samples.OTHER_TEXT))),
                of(
                        CONCATENATED,
                        "two-pictures",
                        "A second picture follows behind the end.",
                        "section 5.3,",
                        () -> joined(PngPicture.small())),
                of(
                        INJECTION,
                        "text-escapes",
                        "A comment has terminal escapes.",
                        "section 11.3.3.2,",
                        () -> with("tEXt", "Comment\0", Bytes.latin1("\u001b[2J\u001b]0;owned\u0007"))),
                of(
                        DETECTION,
                        "eicar",
                        "The EICAR test file follows behind the picture.",
                        "EICAR anti-malware test file,",
                        () -> joined(Samples.eicarBytes())));
    }

    private static byte[] joined(byte[] second) {
        return new Bytes().raw(PngPicture.small()).raw(second).toArray();
    }

    private static Stream<HostileFile> others() {
        return Stream.of(
                of(WRONG_TYPE, "php", "A PHP script.", "", () -> Bytes.latin1(SCRIPT)),
                of(
                        WRONG_TYPE,
                        "html",
                        "A page with a script.",
                        "",
                        () -> Bytes.latin1("<html><script>alert(1)</script></html>")),
                of(
                        WRONG_TYPE,
                        "mvg",
                        "Drawing commands of ImageMagick that read another file.",
                        "CVE-2016-3717,",
                        () -> Bytes.latin1("""
                                push graphic-context
                                viewbox 0 0 8 8
                                image over 0,0 0,0 'label:@/etc/passwd'
                                pop graphic-context
                                """)),
                of(
                        WRONG_TYPE,
                        "postscript",
                        "A program in PostScript that reads another file.",
                        "CVE-2018-16509,",
                        () -> Bytes.latin1("%!PS\n(/etc/passwd) (r) file 100 string readline pop ==\nshowpage\n")),
                of(EMPTY, "no-bytes", "The file has no bytes.", "", () -> new byte[0]));
    }

    private static Stream<HostileFile> cuts() {
        int data = PngPicture.SIGNATURE.length + PngPicture.HEADER_BYTES;
        int end = PngPicture.small().length - 12;
        return Stream.of(
                        new Cut("in-signature", "The file ends within the signature.", 5),
                        new Cut("after-signature", "The file ends after the signature.", 8),
                        new Cut("in-header", "The file ends within the header.", 20),
                        new Cut("after-header", "The file ends after the header.", data),
                        new Cut("in-data", "The file ends within the data.", data + 30),
                        new Cut("after-data", "The file ends before its last chunk.", end),
                        new Cut("in-end", "The file ends within its last chunk.", end + 6))
                .map(cut -> of(
                        TRUNCATED, cut.variant(), cut.description(), "section 5.3,", () -> cut.of(PngPicture.small())));
    }
}
