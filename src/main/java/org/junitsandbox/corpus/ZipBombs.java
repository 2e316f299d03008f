package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.OVERLAP;

import java.util.Locale;
import java.util.stream.Stream;

/** Zip archives that become very large, very many or very deep. */
final class ZipBombs {

    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;
    private static final Content TWIN = ZipArchive.of(
            ZipMember.packed(
                    "zeros", ZipMember.DEFLATED, new Deflate().run(0, 1000).finish()),
            ZipMember.file("inside.txt", Samples.TEXT));

    private ZipBombs() {}

    static Stream<HostileFile> files() {
        return Stream.of(
                        file(
                                        BOMB,
                                        "one-entry",
                                        "One entry of 256 MiB of zeros, packed 1,032 to 1.",
                                        "APPNOTE.TXT 4.4.9")
                                .expandsTo(256 * MIB, 1, 1)
                                .content(Content.of(() -> zeros(256 * MIB).toArray())),
                        file(BOMB, "one-gigabyte", "One entry of 1 GiB of zeros in 1 MB.", "APPNOTE.TXT 4.4.9")
                                .expandsTo(GIB, 1, 1)
                                .content(Content.of(() -> zeros(GIB).toArray())),
                        file(
                                        BOMB,
                                        "nested",
                                        "Five layers of 16 archives each, with 16 TiB of zeros at the bottom.",
                                        "CVE-2019-9674")
                                .expandsTo(nestedSize(), 69_905L * 16, 6)
                                .content(Content.of(ZipBombs::nested)),
                        file(
                                        OVERLAP,
                                        "same-data",
                                        "2,000 entries are one and the same 1 MiB of zeros.",
                                        "CVE-2019-13232")
                                .expandsTo(2000 * MIB, 2000, 1)
                                .content(Content.of(() -> sameData(2000).toArray())),
                        file(
                                        OVERLAP,
                                        "quoted",
                                        "250 entries, each of which quotes the local headers of the next ones.",
                                        "CVE-2019-13232 (a better zip bomb)")
                                .expandsTo(250 * MIB, 250, 1)
                                .content(Content.of(() -> QuotedZip.of(250, MIB))),
                        file(
                                        OVERLAP,
                                        "directory-in-data",
                                        "The central directory lies in the data of an entry.",
                                        "APPNOTE.TXT 4.3.6")
                                .expandsTo(0, 1, 1)
                                .content(Content.of(ZipBombs::directoryInData)),
                        file(MANY_ENTRIES, "empty-files", "30,000 entries without data.", "APPNOTE.TXT 4.4.22")
                                .expandsTo(0, 30_000, 1)
                                .content(ManyEntriesZip.of(30_000)),
                        file(
                                        MANY_ENTRIES,
                                        "million",
                                        "1,000,000 entries without data, with the 64-bit end.",
                                        "APPNOTE.TXT 4.3.14")
                                .expandsTo(0, 1_000_000, 1)
                                .huge()
                                .content(ManyEntriesZip.of(1_000_000)),
                        file(NESTING, "archives", "100 archives, each in the one before it.", "CWE-674")
                                .expandsTo(Samples.TEXT.length(), 100, 100)
                                .content(Content.of(() -> nestedDeeply(100))))
                .map(builder -> builder.twin(TWIN).build());
    }

    private static HostileFile.Builder file(Attack attack, String variant, String description, String reference) {
        return HostileFile.of(Format.ZIP, attack, variant)
                .describedAs(description)
                .reference(reference);
    }

    private static ZipArchive zeros(long size) {
        return ZipArchive.with(ZipMember.packed(
                "zeros", ZipMember.DEFLATED, new Deflate().run(0, size).finish()));
    }

    private static byte[] nested() {
        byte[] layer = zeros(16 * MIB).toArray();
        for (int depth = 0; depth < 5; depth++) {
            layer = sixteen(layer);
        }
        return layer;
    }

    private static byte[] sixteen(byte[] layer) {
        Packed packed = LzDeflate.pack(layer);
        ZipArchive archive = ZipArchive.with();
        for (int i = 0; i < 16; i++) {
            archive.add(ZipMember.packed(String.format(Locale.ROOT, "%02d.zip", i), ZipMember.DEFLATED, packed));
        }
        return archive.toArray();
    }

    private static long nestedSize() {
        return (16 * MIB) << (5 * 4);
    }

    private static ZipArchive sameData(int count) {
        Packed packed = new Deflate().run(0, MIB).finish();
        ZipArchive archive = ZipArchive.with(ZipMember.packed("0", ZipMember.DEFLATED, packed));
        for (int i = 1; i < count; i++) {
            archive.listOnly(ZipMember.packed(String.valueOf(i), ZipMember.DEFLATED, packed), 0);
        }
        return archive;
    }

    private static byte[] directoryInData() {
        byte[] inner =
                ZipArchive.with(ZipMember.file("inside.txt", Samples.TEXT)).toArray();
        ZipMember member = ZipMember.file("inside.txt", Samples.TEXT).both(header -> {
            header.packedSize = inner.length;
            header.size = inner.length;
        });
        return ZipArchive.with(member).toArray();
    }

    private static byte[] nestedDeeply(int depth) {
        byte[] layer = Bytes.utf8(Samples.TEXT);
        String name = "inside.txt";
        for (int i = 0; i < depth; i++) {
            layer = ZipArchive.with(ZipMember.file(Bytes.utf8(name), layer)).toArray();
            name = "inner.zip";
        }
        return layer;
    }
}
