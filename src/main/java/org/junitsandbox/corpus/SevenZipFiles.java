package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.ENCRYPTED;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** 7z archives. */
final class SevenZipFiles {

    private static final String SPECIFICATION = "7zFormat.txt 23.01";
    private static final PackedFile SEVEN_ZIP =
            new PackedFile(Format.SEVEN_ZIP, SPECIFICATION, () -> plain().toArray());
    private static final int CHUNKS = 512;
    private static final int[] LZMA2 = {0x21, 0x21, 1, Lzma2.DICTIONARY};
    private static final byte[] TEXT = Bytes.utf8(Samples.TEXT);

    private SevenZipFiles() {}

    static Stream<HostileFile> files() {
        int data = SevenZip.START_SIZE + plain().dataSize();
        List<Cut> cuts = List.of(
                new Cut("in-magic", "The file ends within the signature.", 4),
                new Cut("in-start", "The file ends within the start header.", 20),
                new Cut("after-start", "The file ends after the start header.", SevenZip.START_SIZE),
                new Cut("in-data", "The file ends within the packed data.", SevenZip.START_SIZE + 10),
                new Cut("after-data", "The file ends before the header.", data),
                new Cut("in-header", "The file ends within the header.", data + 20));
        return Stream.of(entries(), whole(), coders(), lies(), SEVEN_ZIP.truncated(() -> plain().toArray(), cuts))
                .flatMap(all -> all);
    }

    private static Stream<HostileFile> entries() {
        EntryAttacks attacks = new EntryAttacks(
                Format.SEVEN_ZIP,
                SPECIFICATION,
                EnumSet.of(Entry.Kind.FILE, Entry.Kind.DIRECTORY, Entry.Kind.LINK),
                SevenZip::of);
        return attacks.files(
                TraversalCases.UNIX,
                TraversalCases.WINDOWS,
                LinkCases.SYMBOLIC,
                NameCases.COLLISIONS,
                NameCases.LONG_NAMES,
                RightsCases.RESERVED_NAMES,
                RightsCases.PERMISSION_BITS);
    }

    private static SevenZip plain() {
        return SevenZip.of(Entry.file("safe/inside.txt"));
    }

    private static Stream<HostileFile> whole() {
        long size = (long) CHUNKS * Lzma2.ZEROS_IN_CHUNK;
        SevenZip.Member half = new SevenZip.Member(
                new byte[] {0, (byte) 0xd8, 'a', 0, 0, 0}, 0x20, TEXT, SevenZip.COPY, TEXT.length, ZipMember.crc(TEXT));
        return Stream.of(
                SEVEN_ZIP
                        .begin(
                                BOMB,
                                "zeros",
                                "One file of 1 GiB of zeros in less than 300 kB.",
                                "CWE-409,",
                                () -> bomb(size))
                        .expandsTo(size, 1, 1)
                        .build(),
                SEVEN_ZIP.of(EMPTY, "no-bytes", "The file has no bytes.", "", () -> new byte[0]),
                SEVEN_ZIP.of(EMPTY, "no-entries", "The archive has a start header only.", "", () -> SevenZip.with()
                        .toArray()),
                SEVEN_ZIP.of(
                        ENCODING,
                        "surrogate-name",
                        "A name has half of a surrogate pair: D800.",
                        "",
                        () -> SevenZip.with(half).toArray()),
                SEVEN_ZIP.of(
                        DETECTION,
                        "eicar",
                        "The EICAR test file in an archive.",
                        "EICAR anti-malware test file,",
                        () -> SevenZip.of(Entry.file("eicar.com").content(Samples.eicar()))
                                .toArray()),
                SEVEN_ZIP
                        .begin(
                                DETECTION,
                                "eicar-encrypted",
                                "The EICAR test file, with AES and the password 'infected'.",
                                "EICAR anti-malware test file,",
                                () -> SevenZipAes.archive("eicar.com", Samples.eicar()))
                        .safeHandling(ENCRYPTED.safeHandling())
                        .build(),
                SEVEN_ZIP.of(
                        ENCRYPTED,
                        "aes",
                        "The entry is encrypted with AES-256 and the password 'infected'.",
                        "",
                        () -> SevenZipAes.archive("inside.txt", Samples.TEXT)));
    }

    private static byte[] bomb(long size) {
        long crc = new Deflate().run(0, size).finish().crc();
        return SevenZip.with(SevenZip.Member.file("zeros", Lzma2.zeros(CHUNKS), LZMA2, size, crc))
                .toArray();
    }

    private static Stream<HostileFile> coders() {
        int[] unknown = {0x04, 0x7f, 0x7f, 0x7f, 0x7f};
        // Two coders, each of which takes the other's output.
        int[] ring = {0x01, 0x00, 0x01, 0x00, 0x00, 0x01};
        int[] dictionary = {0x21, 0x21, 1, Lzma2.LARGEST_DICTIONARY};
        byte[] copied = Lzma2.copied(TEXT);
        return Stream.of(
                coded(MALFORMED, "method", "The packing method does not exist.", unknown, TEXT, TEXT.length),
                coded(LOOP, "coders", "The output of a coder is bound to its own input.", ring, TEXT, TEXT.length),
                coded(
                        HUGE_PROMISE,
                        "dictionary",
                        "The data need a dictionary of 4 GiB for 58 bytes.",
                        dictionary,
                        copied,
                        TEXT.length),
                coded(HUGE_PROMISE, "size", "A file of 58 bytes states 4 EiB.", LZMA2, copied, 1L << 62));
    }

    private static HostileFile coded(
            Attack attack, String variant, String description, int[] coder, byte[] packed, long size) {
        long crc = ZipMember.crc(TEXT);
        return SEVEN_ZIP.of(attack, variant, description, "Folder,", () -> SevenZip.with(
                        SevenZip.Member.file("inside.txt", packed, coder, size, crc))
                .toArray());
    }

    private static Stream<HostileFile> lies() {
        return Stream.of(
                lie(
                        WRONG_CHECKSUM,
                        "data",
                        "The CRC-32 of a file is wrong.",
                        "Digests,",
                        archive -> archive.dataCrcError = 1),
                lie(
                        WRONG_CHECKSUM,
                        "header",
                        "The CRC-32 of the header is wrong.",
                        "SignatureHeader,",
                        archive -> archive.headerCrcError = 1),
                lie(
                        WRONG_CHECKSUM,
                        "start",
                        "The CRC-32 of the start header is wrong.",
                        "SignatureHeader,",
                        archive -> archive.startCrcError = 1),
                lie(
                        HUGE_PROMISE,
                        "header-size",
                        "The start header states a header of 4 EiB.",
                        "SignatureHeader,",
                        archive -> archive.statedHeaderSize = 1L << 62),
                lie(
                        HUGE_PROMISE,
                        "header-offset",
                        "The header lies 4 EiB behind the start.",
                        "SignatureHeader,",
                        archive -> archive.offsetError = 1L << 62),
                lie(
                        HUGE_PROMISE,
                        "files",
                        "The header states 2,147,483,647 files where there is one.",
                        "FilesInfo,",
                        archive -> archive.statedFiles = Integer.MAX_VALUE),
                lie(
                        HUGE_PROMISE,
                        "folders",
                        "The header states 2,147,483,647 folders where there is one.",
                        "Coders Info,",
                        archive -> archive.statedFolders = Integer.MAX_VALUE));
    }

    private static HostileFile lie(
            Attack attack, String variant, String description, String section, Consumer<SevenZip> change) {
        return SEVEN_ZIP.of(attack, variant, description, section, () -> {
            SevenZip archive = plain();
            change.accept(archive);
            return archive.toArray();
        });
    }
}
