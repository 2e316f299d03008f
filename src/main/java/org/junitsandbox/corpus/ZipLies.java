package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.stream.Stream;

/** Zip archives whose headers are not true, or do not agree with each other. */
final class ZipLies {

    private static final String NAME = "inside.txt";
    private static final int SIZE = Samples.TEXT.length();

    private ZipLies() {}

    static Stream<HostileFile> files() {
        return Stream.of(sizes(), checksums(), ambiguities(), promises()).flatMap(all -> all);
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                file(
                        WRONG_SIZE,
                        "too-long",
                        "Both headers state one byte more than there is.",
                        "APPNOTE.TXT 4.4.8",
                        ZipArchive.with(stored().both(header -> header.size = header.packedSize = SIZE + 1L))),
                file(
                        WRONG_SIZE,
                        "too-short",
                        "Both headers state one byte less than there is.",
                        "APPNOTE.TXT 4.4.8",
                        ZipArchive.with(stored().both(header -> header.size = header.packedSize = SIZE - 1L))),
                file(
                        WRONG_SIZE,
                        "unpacked-too-short",
                        "Deflated data give more than the 10 bytes that are stated.",
                        "APPNOTE.TXT 4.4.9",
                        ZipArchive.with(deflated().both(header -> header.size = 10))),
                file(
                        WRONG_SIZE,
                        "unpacked-too-long",
                        "Deflated data give less than the 10,000 bytes that are stated.",
                        "APPNOTE.TXT 4.4.9",
                        ZipArchive.with(deflated().both(header -> header.size = 10_000))),
                file(
                        WRONG_SIZE,
                        "stored-sizes",
                        "A stored entry has two different sizes, packed and unpacked.",
                        "APPNOTE.TXT 4.4.8 and 4.4.9",
                        ZipArchive.with(stored().both(header -> header.size = 2L * SIZE))));
    }

    private static Stream<HostileFile> checksums() {
        return Stream.of(
                file(
                        WRONG_CHECKSUM,
                        "both",
                        "The CRC-32 in both headers is not that of the data.",
                        "APPNOTE.TXT 4.4.7",
                        ZipArchive.with(stored().both(header -> header.crc ^= 1))),
                file(
                        WRONG_CHECKSUM,
                        "central",
                        "The CRC-32 in the central directory is not that of the data.",
                        "APPNOTE.TXT 4.4.7",
                        ZipArchive.with(stored().central(header -> header.crc ^= 1))),
                file(
                        WRONG_CHECKSUM,
                        "deflated",
                        "The CRC-32 of deflated data is zero in both headers.",
                        "APPNOTE.TXT 4.4.7",
                        ZipArchive.with(deflated().both(header -> header.crc = 0))));
    }

    private static Stream<HostileFile> ambiguities() {
        ZipMember hidden = ZipMember.file("hidden.txt", Samples.OTHER_TEXT);
        byte[] other = ZipArchive.with(ZipMember.file("hidden.txt", Samples.OTHER_TEXT))
                .toArray();
        return Stream.of(
                file(
                        AMBIGUITY,
                        "local-name",
                        "The local header names ../escaped.txt, the central directory inside.txt.",
                        "APPNOTE.TXT 4.3.6",
                        ZipArchive.with(
                                stored().local(header -> header.name = Bytes.utf8("../" + TraversalCases.ESCAPED)))),
                file(
                        AMBIGUITY,
                        "central-name",
                        "The central directory names ../escaped.txt, the local header inside.txt.",
                        "APPNOTE.TXT 4.3.6",
                        ZipArchive.with(
                                stored().central(header -> header.name = Bytes.utf8("../" + TraversalCases.ESCAPED)))),
                file(
                        AMBIGUITY,
                        "unlisted",
                        "An entry is not in the central directory; readers of streams see it.",
                        "APPNOTE.TXT 4.3.1",
                        ZipArchive.with().addUnlisted(hidden).add(stored())),
                file(
                        AMBIGUITY,
                        "method",
                        "The local header has deflated data, the central directory stored ones.",
                        "APPNOTE.TXT 4.4.5",
                        ZipArchive.with(deflated().central(header -> {
                            header.method = ZipMember.STORED;
                            header.size = header.packedSize;
                        }))),
                file(
                        AMBIGUITY,
                        "size",
                        "The local header has an empty entry, the central directory one with data.",
                        "APPNOTE.TXT 4.4.8",
                        ZipArchive.with(stored().local(header -> header.size = header.packedSize = 0))),
                file(
                        AMBIGUITY,
                        "unicode-path",
                        "The Unicode path field names ../escaped.txt, the header inside.txt.",
                        "APPNOTE.TXT 4.6.9",
                        ZipArchive.with(stored().both(ZipLies::unicodePath))),
                file(
                        AMBIGUITY,
                        "archive-in-comment",
                        "The comment of the archive is another archive.",
                        "APPNOTE.TXT 4.3.16",
                        ZipArchive.with(stored()).end(end -> end.comment = other)),
                file(
                        AMBIGUITY,
                        "count",
                        "The end states one entry, the central directory has two.",
                        "APPNOTE.TXT 4.4.22",
                        ZipArchive.with(stored(), hidden).end(end -> end.entries = 1)),
                file(
                        AMBIGUITY,
                        "encrypted-flag",
                        "The central directory claims encryption that there is not.",
                        "CWE-693, APPNOTE.TXT 4.4.4",
                        ZipArchive.with(stored().central(header -> header.flags |= ZipMember.ENCRYPTED))));
    }

    private static void unicodePath(ZipMember.Header header) {
        byte[] path = Bytes.utf8("../" + TraversalCases.ESCAPED);
        header.extra = new Bytes()
                .little(2, 0x7075)
                .little(2, 5L + path.length)
                .raw(1)
                .little(4, ZipMember.crc(header.name))
                .raw(path)
                .toArray();
    }

    private static Stream<HostileFile> promises() {
        return Stream.of(
                file(
                        HUGE_PROMISE,
                        "four-gigabytes",
                        "An entry of 58 bytes states that it has 4 GiB.",
                        "APPNOTE.TXT 4.4.9",
                        ZipArchive.with(deflated().both(header -> header.size = 0xfffffffeL))),
                file(
                        HUGE_PROMISE,
                        "exabytes",
                        "An entry of 58 bytes states by its 64-bit field that it has 4 EiB.",
                        "APPNOTE.TXT 4.5.3",
                        ZipArchive.with(deflated().both(ZipLies::exabytes)).zip64()),
                file(
                        HUGE_PROMISE,
                        "entries",
                        "The end states 65,534 entries where there is one.",
                        "APPNOTE.TXT 4.4.22",
                        ZipArchive.with(stored()).end(end -> end.entries = 65_534)),
                file(
                        HUGE_PROMISE,
                        "zip64-entries",
                        "The end states 2 to the power of 40 entries where there is one.",
                        "APPNOTE.TXT 4.3.14",
                        ZipArchive.with(stored()).zip64().end(end -> end.entries = 1L << 40)),
                file(
                        HUGE_PROMISE,
                        "directory",
                        "The end states a central directory of 4 GiB.",
                        "APPNOTE.TXT 4.4.23",
                        ZipArchive.with(stored()).end(end -> end.size = 0xfffffffeL)),
                file(
                        HUGE_PROMISE,
                        "offset",
                        "The end states that the central directory begins behind the end.",
                        "APPNOTE.TXT 4.4.24",
                        ZipArchive.with(stored()).end(end -> end.offset = 0x7fffffffL)));
    }

    private static void exabytes(ZipMember.Header header) {
        header.extra = new Bytes()
                .little(2, 1)
                .little(2, 16)
                .little(8, 1L << 62)
                .little(8, header.packedSize)
                .toArray();
        header.size = 0xffffffffL;
        header.packedSize = 0xffffffffL;
    }

    private static ZipMember stored() {
        return ZipMember.file(NAME, Samples.TEXT);
    }

    private static ZipMember deflated() {
        return ZipMember.packed(NAME, ZipMember.DEFLATED, Deflate.of(Samples.TEXT));
    }

    private static HostileFile file(
            Attack attack, String variant, String description, String reference, ZipArchive archive) {
        return HostileFile.of(Format.ZIP, attack, variant)
                .describedAs(description)
                .reference(reference)
                .expandsTo(SIZE, 1, 1)
                .content(Content.of(archive::toArray))
                .twin(ZipArchive.of(deflated(), ZipMember.file("second.txt", Samples.TEXT)))
                .build();
    }
}
