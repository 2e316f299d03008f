package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junitsandbox.corpus.XzStream.Check;

/** Files that are packed with xz, after the kinds of bad files that its own tests have. */
final class XzFiles {

    private static final PackedFile XZ =
            new PackedFile(Format.XZ, "The .xz File Format 1.2.1", () -> plain().toArray());
    private static final int CHUNKS = 512;

    private XzFiles() {}

    static Stream<HostileFile> files() {
        XzStream plain = plain();
        int block = plain.header().length;
        int data = block + plain.blockHeader().length;
        int index = block + plain.block().length;
        int footer = index + plain.index().length;
        List<Cut> cuts = List.of(
                new Cut("in-header", "The file ends within the stream header.", 8),
                new Cut("after-header", "The file ends after the stream header.", block),
                new Cut("in-block-header", "The file ends within the block header.", block + 5),
                new Cut("in-data", "The file ends within the packed data.", data + 10),
                new Cut("in-check", "The file ends within the check.", index - 4),
                new Cut("before-index", "The file ends before the index.", index),
                new Cut("in-index", "The file ends within the index.", index + 3),
                new Cut("before-footer", "The file ends before the footer.", footer),
                new Cut("in-footer", "The file ends within the footer.", footer + 9));
        return Stream.of(whole(), streams(), promises(), checks(), XZ.truncated(() -> plain().toArray(), cuts))
                .flatMap(all -> all);
    }

    private static XzStream plain() {
        return XzStream.of(Check.CRC64, Samples.TEXT);
    }

    private static Stream<HostileFile> whole() {
        long size = (long) CHUNKS * Lzma2.ZEROS_IN_CHUNK;
        return Stream.of(
                XZ.begin(BOMB, "zeros", "1 GiB of zeros in less than 300 kB.", "CWE-409,", () -> XzStream.unchecked(
                                        Lzma2.zeros(CHUNKS), size)
                                .toArray())
                        .expandsTo(size, 1, 1)
                        .build(),
                XZ.of(EMPTY, "no-bytes", "The file has no bytes.", "", () -> new byte[0]),
                XZ.of(
                        CONCATENATED,
                        "two-streams",
                        "A second stream follows, which some readers ignore.",
                        "section 2,",
                        () -> joined(
                                XzStream.of(Check.CRC32, Samples.OTHER_TEXT).toArray())),
                XZ.of(
                        CONCATENATED,
                        "trailing-data",
                        "Text follows behind the only stream.",
                        "section 2,",
                        () -> joined(Bytes.utf8(Samples.OTHER_TEXT))),
                XZ.of(
                        CONCATENATED,
                        "stream-padding",
                        "The padding behind the stream is no multiple of four bytes.",
                        "section 2.2,",
                        () -> joined(new byte[5])),
                XZ.of(
                        DETECTION,
                        "eicar",
                        "The EICAR test file, packed.",
                        "EICAR anti-malware test file,",
                        () -> XzStream.of(Check.CRC64, Samples.eicar()).toArray()));
    }

    private static byte[] joined(byte[] second) {
        return new Bytes().raw(plain().toArray()).raw(second).toArray();
    }

    private static Stream<HostileFile> streams() {
        byte[] content = Bytes.utf8(Samples.TEXT);
        return Stream.of(
                file(
                        MALFORMED,
                        "header-magic",
                        "The magic bytes of the header are wrong.",
                        "section 2.1.1.1,",
                        stream -> stream.headerMagic = Bytes.utf8("\0007zXY\0")),
                file(
                        MALFORMED,
                        "footer-magic",
                        "The magic bytes of the footer are wrong.",
                        "section 2.1.2.4,",
                        stream -> stream.footerMagic = Bytes.utf8("YX")),
                file(
                        MALFORMED,
                        "reserved-flags",
                        "Reserved flags of the stream are set.",
                        "section 2.1.1.2,",
                        stream -> stream.headerFlags = stream.footerFlags = 0x14),
                file(
                        MALFORMED,
                        "flags-differ",
                        "Header and footer name different checks.",
                        "section 2.1.2.3,",
                        stream -> stream.footerFlags = 1),
                file(
                        MALFORMED,
                        "backward-size",
                        "The footer states a wrong size of the index.",
                        "section 2.1.2.2,",
                        stream -> stream.backwardSizeError = 1),
                file(
                        MALFORMED,
                        "filter",
                        "The block needs a filter that does not exist.",
                        "section 5.3,",
                        stream -> stream.filter = 0x22),
                file(
                        MALFORMED,
                        "padding",
                        "The padding of the block is not zeros.",
                        "section 3.3,",
                        stream -> stream.padding = 1),
                file(
                        MALFORMED,
                        "no-dictionary-reset",
                        "The first chunk does not begin a dictionary.",
                        "section 5.3.1,",
                        stream -> stream.packed = new Bytes()
                                .raw(Lzma2.chunk(Lzma2.COPY, content))
                                .raw(0)
                                .toArray()),
                file(
                        MALFORMED,
                        "chunk-control",
                        "A chunk has a reserved control byte.",
                        "section 5.3.1,",
                        stream -> stream.packed =
                                new Bytes().raw(Lzma2.chunk(3, content)).raw(0).toArray()),
                file(
                        MALFORMED,
                        "properties",
                        "A chunk has context bits that LZMA2 does not allow.",
                        "section 5.3.1,",
                        stream -> stream.packed = Lzma2.packedChunk(LzmaZeros.pack(Lzma2.ZEROS_IN_CHUNK), 224)),
                file(
                        MALFORMED,
                        "no-end",
                        "The packed data have no end marker.",
                        "section 5.3.1,",
                        stream -> stream.packed = Lzma2.chunk(Lzma2.COPY_WITH_RESET, content)),
                file(
                        MALFORMED,
                        "number-padded",
                        "The block's header has a size in two bytes where one is enough.",
                        "section 1.2,",
                        stream -> {
                            stream.statedSize = Samples.TEXT.length();
                            stream.needlessBytes = 1;
                        }),
                file(
                        MALFORMED,
                        "number-long",
                        "The block's header has a size in ten bytes; nine are allowed.",
                        "section 1.2,",
                        stream -> {
                            stream.statedSize = Samples.TEXT.length();
                            stream.needlessBytes = 9;
                        }),
                file(
                        WRONG_SIZE,
                        "block-size",
                        "The block's header states 10 bytes of content.",
                        "section 3.1.4,",
                        stream -> stream.statedSize = 10),
                file(
                        WRONG_SIZE,
                        "index-size",
                        "The index states 10 bytes of content.",
                        "section 4.3,",
                        stream -> stream.indexSize = 10),
                file(
                        WRONG_SIZE,
                        "index-blocks",
                        "The index states three blocks where there is one.",
                        "section 4.2,",
                        stream -> stream.indexBlocks = 3));
    }

    private static Stream<HostileFile> promises() {
        return Stream.of(
                file(
                        HUGE_PROMISE,
                        "index-blocks",
                        "The index states 2 to the power of 62 blocks.",
                        "section 4.2,",
                        stream -> stream.indexBlocks = 1L << 62),
                file(
                        HUGE_PROMISE,
                        "block-size",
                        "The block's header states 4 EiB of content.",
                        "section 3.1.4,",
                        stream -> stream.statedSize = 1L << 62),
                file(
                        HUGE_PROMISE,
                        "dictionary",
                        "The block needs a dictionary of 4 GiB for 58 bytes.",
                        "section 5.3.1,",
                        stream -> stream.dictionary = Lzma2.LARGEST_DICTIONARY));
    }

    private static Stream<HostileFile> checks() {
        return Stream.of(
                check("crc32", "The CRC-32 of the content is wrong.", Check.CRC32),
                check("crc64", "The CRC-64 of the content is wrong.", Check.CRC64),
                check("sha256", "The SHA-256 of the content is wrong.", Check.SHA256),
                file(
                        WRONG_CHECKSUM,
                        "stream-header",
                        "The CRC-32 of the stream header is wrong.",
                        "section 2.1.1.3,",
                        stream -> stream.headerCrcError = 1),
                file(
                        WRONG_CHECKSUM,
                        "stream-footer",
                        "The CRC-32 of the stream footer is wrong.",
                        "section 2.1.2.1,",
                        stream -> stream.footerCrcError = 1),
                file(
                        WRONG_CHECKSUM,
                        "block-header",
                        "The CRC-32 of the block's header is wrong.",
                        "section 3.1.7,",
                        stream -> stream.blockCrcError = 1),
                file(
                        WRONG_CHECKSUM,
                        "index",
                        "The CRC-32 of the index is wrong.",
                        "section 4.5,",
                        stream -> stream.indexCrcError = 1));
    }

    private static HostileFile check(String variant, String description, Check kind) {
        return XZ.of(WRONG_CHECKSUM, variant, description, "section 3.4,", () -> {
            XzStream stream = XzStream.of(kind, Samples.TEXT);
            stream.check[0] ^= 1;
            return stream.toArray();
        });
    }

    private static HostileFile file(
            Attack attack, String variant, String description, String section, Consumer<XzStream> change) {
        Supplier<byte[]> content = () -> {
            XzStream stream = plain();
            change.accept(stream);
            return stream.toArray();
        };
        return XZ.of(attack, variant, description, section, content);
    }
}
