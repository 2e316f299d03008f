package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;

import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Files that are packed with bzip2. */
final class Bzip2Files {

    private static final PackedFile BZIP2 = new PackedFile(Format.BZIP2, "bzip2 1.0.8", () -> Bzip2.of(Samples.TEXT));
    private static final int BLOCKS = 24;

    private Bzip2Files() {}

    static Stream<HostileFile> files() {
        List<Cut> cuts = List.of(
                new Cut("in-header", "The file ends within the header.", 3),
                new Cut("after-header", "The file ends after the header.", 4),
                new Cut("in-block-header", "The file ends within the header of a block.", 12),
                new Cut("in-data", "The file ends within the packed data.", 60),
                new Cut("in-end", "The file ends within the end.", Bzip2.of(Samples.TEXT).length - 3));
        return Stream.of(whole(), blocks(), BZIP2.truncated(() -> Bzip2.of(Samples.TEXT), cuts))
                .flatMap(all -> all);
    }

    private static Stream<HostileFile> whole() {
        return Stream.of(
                BZIP2.begin(BOMB, "zeros", "1 GB of zeros in about 1 kB.", "CWE-409,", () -> Bzip2.zeros(BLOCKS))
                        .expandsTo(BLOCKS * Bzip2.ZEROS_IN_BLOCK, 1, 1)
                        .build(),
                BZIP2.of(WRONG_CHECKSUM, "stream", "The checksum of the stream is wrong.", "", () -> new Bzip2('9')
                        .add(Samples.TEXT, block -> {})
                        .finish(1)),
                BZIP2.of(EMPTY, "no-bytes", "The file has no bytes.", "", () -> new byte[0]),
                BZIP2.of(EMPTY, "no-blocks", "The packed file has no bytes.", "", () -> new Bzip2('9').finish(0)),
                BZIP2.of(
                        CONCATENATED,
                        "two-streams",
                        "A second stream follows, which some readers ignore.",
                        "",
                        () -> joined(Bzip2.of(Samples.OTHER_TEXT))),
                BZIP2.of(
                        CONCATENATED,
                        "trailing-data",
                        "Text follows behind the only stream.",
                        "",
                        () -> joined(Bytes.utf8(Samples.OTHER_TEXT))),
                BZIP2.of(
                        MALFORMED,
                        "block-size",
                        "The size of blocks is 0, which is not a valid size.",
                        "",
                        () -> new Bzip2('0')
                        .add(Samples.TEXT, block -> {})
                        .finish(0)),
                BZIP2.of(
                        DETECTION,
                        "eicar",
                        "The EICAR test file, packed.",
                        "EICAR anti-malware test file,",
                        () -> Bzip2.of(Samples.eicar())));
    }

    private static byte[] joined(byte[] second) {
        return new Bytes().raw(Bzip2.of(Samples.TEXT)).raw(second).toArray();
    }

    private static Stream<HostileFile> blocks() {
        return Stream.of(
                block(WRONG_CHECKSUM, "block", "The checksum of a block is wrong.", "", block -> block.crc ^= 1),
                block(
                        MALFORMED,
                        "origin",
                        "A block begins behind its end.",
                        "CWE-125,",
                        block -> block.origin = 0xffffff),
                block(MALFORMED, "no-tables", "A block has no coding tables.", "CWE-125,", block -> block.tables = 0),
                block(
                        MALFORMED,
                        "selectors",
                        "A block has 32,767 selectors, more than there can be.",
                        "CVE-2019-12900,",
                        block -> block.selectors = 0x7fff),
                block(
                        MALFORMED,
                        "run-overflow",
                        "A run has 40 digits, more than a number holds.",
                        "CVE-2010-0405,",
                        block -> block.symbols.addAll(0, Collections.nCopies(40, 1))),
                block(
                        MALFORMED,
                        "no-symbols",
                        "A block uses no byte value.",
                        "CWE-228,",
                        block -> block.used = new int[0]),
                block(MALFORMED, "no-end", "A block's data never end.", "", block -> {
                    block.symbols.remove(block.symbols.size() - 1);
                }));
    }

    private static HostileFile block(
            Attack attack, String variant, String description, String section, Consumer<Bzip2.Block> change) {
        return BZIP2.of(attack, variant, description, section, () -> new Bzip2('9')
                .add(Samples.TEXT, change)
                .finish(0));
    }
}
