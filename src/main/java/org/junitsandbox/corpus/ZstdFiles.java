package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;
import static org.junitsandbox.corpus.ZstdFrame.RAW;
import static org.junitsandbox.corpus.ZstdFrame.WINDOW;

import java.util.List;
import java.util.stream.Stream;

/** Files that are packed with Zstandard. */
final class ZstdFiles {

    private static final PackedFile ZSTD = new PackedFile(Format.ZSTD, "RFC 8878", () -> ZstdFrame.of(Samples.TEXT));
    private static final int BLOCKS = 8192;
    private static final byte[] NOTHING = {};

    private ZstdFiles() {}

    static Stream<HostileFile> files() {
        List<Cut> cuts = List.of(
                new Cut("in-magic", "The file ends within the magic number.", 3),
                new Cut("in-header", "The file ends within the frame header.", 7),
                new Cut("after-header", "The file ends after the frame header.", 10),
                new Cut("in-block-header", "The file ends within the block header.", 12),
                new Cut("in-data", "The file ends within the data of a block.", 40));
        return Stream.of(whole(), lies(), malformed(), ZSTD.truncated(() -> ZstdFrame.of(Samples.TEXT), cuts))
                .flatMap(all -> all);
    }

    private static Stream<HostileFile> whole() {
        return Stream.of(
                ZSTD.begin(BOMB, "zeros", "1 GiB of zeros in 32 kB.", "CWE-409,", () -> ZstdFrame.zeros(BLOCKS))
                        .expandsTo((long) BLOCKS * ZstdFrame.MAX_BLOCK, 1, 1)
                        .build(),
                ZSTD.of(EMPTY, "no-bytes", "The file has no bytes.", "", () -> new byte[0]),
                ZSTD.of(EMPTY, "no-content", "The packed file has no bytes.", "", () -> ZstdFrame.of("")),
                ZSTD.of(
                        EMPTY,
                        "skippable",
                        "The file has a frame that readers skip, and no other.",
                        "section 3.1.2,",
                        () -> ZstdFrame.skippable(4, new byte[4])),
                ZSTD.of(
                        CONCATENATED,
                        "two-frames",
                        "A second frame follows, which some readers ignore.",
                        "section 3.1,",
                        () -> joined(ZstdFrame.of(Samples.OTHER_TEXT))),
                ZSTD.of(
                        CONCATENATED,
                        "trailing-data",
                        "Text follows behind the only frame.",
                        "section 3.1,",
                        () -> joined(Bytes.utf8(Samples.OTHER_TEXT))),
                ZSTD.of(
                        DETECTION,
                        "eicar",
                        "The EICAR test file, packed.",
                        "EICAR anti-malware test file,",
                        () -> ZstdFrame.of(Samples.eicar())));
    }

    private static byte[] joined(byte[] second) {
        return new Bytes().raw(ZstdFrame.of(Samples.TEXT)).raw(second).toArray();
    }

    private static Stream<HostileFile> lies() {
        return Stream.of(
                ZSTD.of(
                        WRONG_SIZE,
                        "content",
                        "The frame states 10 bytes of content.",
                        "section 3.1.1.1.4,",
                        () -> ZstdFrame.withSize(10).block(RAW, Samples.TEXT).end()),
                ZSTD.of(
                        WRONG_CHECKSUM,
                        "content",
                        "The checksum of the content is wrong.",
                        "section 3.1.1,",
                        () -> new Bytes()
                                .raw(new ZstdFrame(ZstdFrame.CHECKSUM, WINDOW, NOTHING)
                                        .block(RAW, Samples.TEXT)
                                        .end())
                                .raw(1, 2, 3, 4)
                                .toArray()),
                ZSTD.of(
                        HUGE_PROMISE,
                        "window",
                        "The frame needs a window of 3.75 TiB for 58 bytes.",
                        "section 3.1.1.1.2,",
                        () -> new ZstdFrame(0, 0xff, NOTHING)
                                .block(RAW, Samples.TEXT)
                                .end()),
                ZSTD.of(
                        HUGE_PROMISE,
                        "content",
                        "The frame states 4 EiB of content.",
                        "section 3.1.1.1.4,",
                        () -> new ZstdFrame(
                                        ZstdFrame.SIZE_8,
                                        WINDOW,
                                        new Bytes().little(8, 1L << 62).toArray())
                                .block(RAW, Samples.TEXT)
                                .end()),
                ZSTD.of(
                        HUGE_PROMISE,
                        "skippable",
                        "A frame that readers skip states 4 GiB and has 4 bytes.",
                        "section 3.1.2,",
                        () -> ZstdFrame.skippable(0xfffffffeL, new byte[4])));
    }

    private static Stream<HostileFile> malformed() {
        return Stream.of(
                ZSTD.of(
                        MALFORMED,
                        "block-type",
                        "A block has the reserved type.",
                        "section 3.1.1.2.2,",
                        () -> new ZstdFrame(0, WINDOW, NOTHING)
                                .block(ZstdFrame.RESERVED, Samples.TEXT)
                                .end()),
                ZSTD.of(
                        MALFORMED,
                        "reserved-bit",
                        "The reserved bit of the frame header is set.",
                        "section 3.1.1.1.1,",
                        () -> new ZstdFrame(ZstdFrame.RESERVED_BIT, WINDOW, NOTHING)
                                .block(RAW, Samples.TEXT)
                                .end()),
                ZSTD.of(
                        MALFORMED,
                        "block-size",
                        "A repeated block gives 2 MiB, more than a block may.",
                        "section 3.1.1.2.4,",
                        () -> new ZstdFrame(0, WINDOW, NOTHING)
                                .block(true, ZstdFrame.REPEATED, 0x1fffff, new byte[1])
                                .end()),
                ZSTD.of(
                        MALFORMED,
                        "no-last-block",
                        "No block is the last one.",
                        "section 3.1.1.2.1,",
                        () -> new ZstdFrame(0, WINDOW, NOTHING)
                                .block(false, RAW, 4, new byte[4])
                                .end()),
                ZSTD.of(
                        MALFORMED,
                        "dictionary",
                        "The frame needs a dictionary that nobody has.",
                        "section 5,",
                        () -> new ZstdFrame(ZstdFrame.DICTIONARY_1, WINDOW, new byte[] {77})
                                .block(RAW, Samples.TEXT)
                                .end()));
    }
}
