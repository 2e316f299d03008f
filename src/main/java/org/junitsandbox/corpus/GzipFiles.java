package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LONG_NAME;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.List;
import java.util.stream.Stream;

/** Files and tar archives that are packed with gzip. */
final class GzipFiles {

    private static final long GIB = 1 << 30;
    private static final Packed TEXT = Deflate.of(Samples.TEXT);
    private static final PackedFile GZIP = new PackedFile(Format.GZIP, "RFC 1952", () -> Gzip.of(Samples.TEXT));

    private GzipFiles() {}

    static Stream<HostileFile> files() {
        int data = 10 + TEXT.bytes().length;
        List<Cut> cuts = List.of(
                new Cut("in-header", "The file ends within the header.", 6),
                new Cut("after-header", "The file ends after the header.", 10),
                new Cut("in-data", "The file ends within the packed data.", 30),
                new Cut("after-data", "The file ends before checksum and size.", data),
                new Cut("in-size", "The file ends within the size.", data + 6));
        return Stream.of(loads(), lies(), ends(), tars(), GZIP.truncated(() -> Gzip.of(Samples.TEXT), cuts))
                .flatMap(all -> all);
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                GZIP.begin(BOMB, "zeros", "1 GiB of zeros in 1 MB.", "CWE-409,", () -> Gzip.of(zeros(GIB)))
                        .expandsTo(GIB, 1, 1)
                        .build(),
                GZIP.begin(
                                BOMB,
                                "twice",
                                "1 GiB of zeros, packed twice: 7 kB.",
                                "CWE-409,",
                                () -> Gzip.of(LzDeflate.pack(Gzip.of(zeros(GIB)))))
                        .expandsTo(GIB, 1, 2)
                        .build(),
                GZIP.begin(NESTING, "layers", "A text, packed 200 times.", "CWE-674,", GzipFiles::nested)
                        .expandsTo(Samples.TEXT.length(), 1, 200)
                        .build());
    }

    private static Packed zeros(long size) {
        return new Deflate().run(0, size).finish();
    }

    private static byte[] nested() {
        byte[] layer = Bytes.utf8(Samples.TEXT);
        for (int i = 0; i < 200; i++) {
            layer = Gzip.of(layer);
        }
        return layer;
    }

    private static Stream<HostileFile> lies() {
        return Stream.of(
                GZIP.of(
                        WRONG_CHECKSUM,
                        "crc",
                        "The CRC-32 is not that of the content.",
                        "",
                        () -> Gzip.member(0, new byte[0], TEXT.bytes(), TEXT.crc() ^ 1, TEXT.size())),
                GZIP.of(
                        WRONG_CHECKSUM,
                        "header-crc",
                        "The CRC-16 of the header is wrong.",
                        "section 2.3.1,",
                        () -> Gzip.member(Gzip.HEADER_CRC, new byte[] {1, 2}, TEXT.bytes(), TEXT.crc(), TEXT.size())),
                GZIP.of(
                        WRONG_SIZE,
                        "size",
                        "The size at the end is 10, not that of the content.",
                        "section 2.3.1,",
                        () -> Gzip.member(0, new byte[0], TEXT.bytes(), TEXT.crc(), 10)),
                withFields(
                        WRONG_SIZE,
                        "extra",
                        "The extra field states 65,535 bytes, more than the file has.",
                        Gzip.EXTRA,
                        new byte[] {-1, -1, 0}),
                withFields(
                        TRAVERSAL,
                        "name",
                        "The stored name is ../escaped.txt.",
                        Gzip.NAME,
                        Bytes.utf8("../" + TraversalCases.ESCAPED + "\0")),
                withFields(
                        TRAVERSAL,
                        "absolute-name",
                        "The stored name is /tmp/escaped.txt.",
                        Gzip.NAME,
                        Bytes.utf8("/tmp/" + TraversalCases.ESCAPED + "\0")),
                withFields(
                        LONG_NAME,
                        "name",
                        "The stored name has 1,000,000 characters.",
                        Gzip.NAME,
                        Bytes.utf8("n".repeat(1_000_000) + "\0")),
                withFields(
                        INJECTION,
                        "comment",
                        "The comment has terminal escapes.",
                        Gzip.COMMENT,
                        Bytes.utf8("\u001b[2J\u001b]0;owned\u0007\0")),
                withFields(MALFORMED, "reserved-flags", "Reserved flags are set.", Gzip.RESERVED, new byte[0]),
                GZIP.of(
                        MALFORMED,
                        "method",
                        "The method is 9, which is not a valid method.",
                        "section 2.3.1,",
                        () -> patched(2, 9)),
                GZIP.of(
                        MALFORMED,
                        "block-type",
                        "The first block has the reserved type 3.",
                        "RFC 1951 section 3.2.3,",
                        () -> patched(10, 7)),
                GZIP.of(
                        MALFORMED,
                        "stored-length",
                        "The length of a block and its complement disagree.",
                        "RFC 1951 section 3.2.4,",
                        () -> patched(13, 0)),
                GZIP.of(
                        MALFORMED,
                        "distance",
                        "A repetition reaches back to before the beginning.",
                        "RFC 1951 section 3.2.5,",
                        () -> Gzip.member(0, new byte[0], farDistance(), 0, 3)));
    }

    /** A repetition of three bytes at distance 1, as the first symbol, and the end. */
    private static byte[] farDistance() {
        return new BitWriter()
                .bits(3, 0b011)
                .bits(7, 0b1000000)
                .bits(5, 0)
                .bits(7, 0)
                .toArray();
    }

    private static byte[] patched(int index, int value) {
        byte[] file = Gzip.of(Samples.TEXT);
        file[index] = (byte) value;
        return file;
    }

    private static HostileFile withFields(Attack attack, String variant, String description, int flags, byte[] fields) {
        return GZIP.of(
                attack,
                variant,
                description,
                "section 2.3.1,",
                () -> Gzip.member(flags, fields, TEXT.bytes(), TEXT.crc(), TEXT.size()));
    }

    private static Stream<HostileFile> ends() {
        return Stream.of(
                GZIP.of(EMPTY, "no-bytes", "The file has no bytes.", "", () -> new byte[0]),
                GZIP.of(EMPTY, "no-content", "The packed file has no bytes.", "", () -> Gzip.of("")),
                GZIP.of(
                        CONCATENATED,
                        "two-members",
                        "A second member follows, which many readers ignore.",
                        "section 2.2,",
                        () -> joined(Gzip.of(Samples.OTHER_TEXT))),
                GZIP.of(
                        CONCATENATED,
                        "trailing-data",
                        "Text follows behind the only member.",
                        "section 2.2,",
                        () -> joined(Bytes.utf8(Samples.OTHER_TEXT))),
                GZIP.of(
                        DETECTION,
                        "eicar",
                        "The EICAR test file, packed.",
                        "EICAR anti-malware test file,",
                        () -> Gzip.of(Samples.eicar())));
    }

    private static byte[] joined(byte[] second) {
        return new Bytes().raw(Gzip.of(Samples.TEXT)).raw(second).toArray();
    }

    private static Stream<HostileFile> tars() {
        PackedFile tar = new PackedFile(
                Format.GZIP, "RFC 1952", () -> Gzip.of(TarArchive.of(TarMember.file("safe/inside.txt"))));
        return Stream.of(
                        tar.begin(
                                TRAVERSAL,
                                "tar-parent",
                                "A tar archive with the entry ../escaped.txt.",
                                "CVE-2007-4559,",
                                () -> Gzip.of(TarArchive.of(TarMember.file("../" + TraversalCases.ESCAPED)))),
                        tar.begin(
                                        BOMB,
                                        "tar-zeros",
                                        "A tar archive with a file of 1 GiB of zeros, in 1 MB.",
                                        "CWE-409,",
                                        GzipFiles::tarBomb)
                                .expandsTo(GIB, 1, 2))
                .map(builder -> builder.extension("tar.gz").build());
    }

    private static byte[] tarBomb() {
        TarMember zeros = TarMember.file("zeros").size(TarMember.octal(12, GIB));
        return Gzip.of(new Deflate()
                .copy(zeros.header())
                .run(0, GIB + 2 * TarMember.BLOCK)
                .finish());
    }
}
