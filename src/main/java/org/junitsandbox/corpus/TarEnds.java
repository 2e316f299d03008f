package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.POLYGLOT;
import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.util.Locale;
import java.util.stream.Stream;

/** Tar archives that end early or late, begin as something else, or have too much in them. */
final class TarEnds {

    private static final String STANDARD = "POSIX.1-2017 pax, ustar";
    private static final int BLOCK = TarMember.BLOCK;
    private static final long TIB = 1L << 40;

    private TarEnds() {}

    static Stream<HostileFile> files() {
        return Stream.of(truncated(), ends(), loads())
                .flatMap(all -> all)
                .map(builder -> builder.twin(Content.of(TarEnds::archive)).build());
    }

    private static Stream<HostileFile.Builder> truncated() {
        return Stream.of(
                        new Cut("in-first-header", "The file ends within the first header.", 300),
                        new Cut("after-first-header", "The file ends after the first header.", BLOCK),
                        new Cut("in-data", "The file ends within the data of an entry.", BLOCK + 20),
                        new Cut("in-padding", "The file ends after the data, within the block.", BLOCK + 100),
                        new Cut("in-second-header", "The file ends within the second header.", 2 * BLOCK + 100),
                        new Cut("in-second-data", "The file ends within the second entry.", 3 * BLOCK + 20))
                .map(cut -> file(TRUNCATED, cut.variant(), cut.description(), STANDARD)
                        .content(Content.of(() -> cut.of(archive()))));
    }

    private static Stream<HostileFile.Builder> ends() {
        byte[] records = TarMember.pax(TarMember.PAX, "path=inside.txt").bytes();
        return Stream.of(
                file(
                                TRUNCATED,
                                "after-pax",
                                "The file ends after pax records, without the entry that they are of.",
                                STANDARD)
                        .content(Content.of(records)),
                file(EMPTY, "no-bytes", "The file has no bytes.", STANDARD).content(Content.of("")),
                file(EMPTY, "no-entries", "The archive is its end only: two blocks of zeros.", STANDARD)
                        .content(TarArchive.content()),
                file(CONCATENATED, "two-archives", "A second archive follows behind the end of the first.", STANDARD)
                        .content(Content.of(() -> new Bytes()
                                .raw(archive())
                                .raw(TarArchive.of(TarMember.file("hidden.txt")))
                                .toArray())),
                file(CONCATENATED, "trailing-data", "Text follows behind the end of the archive.", STANDARD)
                        .content(Content.of(() -> new Bytes()
                                .raw(archive())
                                .raw(Bytes.utf8(Samples.OTHER_TEXT.repeat(20)))
                                .toArray())),
                file(POLYGLOT, "shell", "The first name makes the archive a shell script.", "CWE-434")
                        .content(named("#!/bin/sh\necho owned; exit\n")),
                file(POLYGLOT, "html", "The first name makes the archive a web page with a script.", "CWE-79")
                        .content(named("<!DOCTYPE html><script>alert(1)</script><!--")),
                file(POLYGLOT, "php", "The first name makes the archive a PHP script.", "CWE-434")
                        .content(named("<?php system('id'); __halt_compiler();")),
                file(DETECTION, "eicar", "The EICAR test file in an archive.", "EICAR anti-malware test file")
                        .content(TarArchive.content(
                                new TarMember(TarMember.FILE, Bytes.utf8("eicar.com"), Bytes.utf8(Samples.eicar())))));
    }

    private static Stream<HostileFile.Builder> loads() {
        return Stream.of(
                file(MANY_ENTRIES, "empty-files", "5,000 entries without data.", STANDARD)
                        .expandsTo(0, 5000, 1)
                        .content(many(5000)),
                file(MANY_ENTRIES, "million", "1,000,000 entries without data.", STANDARD)
                        .expandsTo(0, 1_000_000, 1)
                        .huge()
                        .content(many(1_000_000)),
                file(MANY_ENTRIES, "pax-records", "One header has 50,000 pax records.", STANDARD)
                        .content(TarArchive.content(
                                TarMember.pax(TarMember.PAX, records(50_000)), TarMember.file("inside.txt"))),
                file(
                                BOMB,
                                "terabyte",
                                "The archive has an entry of 1 TiB of zeros, and as many bytes itself.",
                                STANDARD)
                        .expandsTo(TIB, 1, 1)
                        .huge()
                        .content(terabyte()),
                file(NESTING, "archives", "100 archives, each in the one before it.", "CWE-674")
                        .expandsTo(Samples.TEXT.length(), 100, 100)
                        .content(Content.of(TarEnds::nested)));
    }

    private static Content named(String name) {
        return TarArchive.content(TarMember.file(name));
    }

    private static Content many(int count) {
        return Content.join(
                Content.numbered(count, number -> new TarMember(
                                TarMember.FILE, Bytes.utf8(String.format(Locale.ROOT, "%07d", number)), new byte[0])
                        .bytes()),
                Content.of(new byte[2 * BLOCK]));
    }

    private static String[] records(int count) {
        String[] records = new String[count];
        for (int i = 0; i < count; i++) {
            records[i] = "comment=record " + i;
        }
        return records;
    }

    private static Content terabyte() {
        byte[] zeros = new byte[1 << 16];
        TarMember member = new TarMember(TarMember.FILE, Bytes.utf8("zeros"), new byte[0]).size(TarMember.binary(TIB));
        return Content.join(
                Content.of(member.header()),
                Content.repeat(TIB / zeros.length, zeros),
                Content.of(new byte[2 * BLOCK]));
    }

    private static byte[] nested() {
        byte[] layer = Bytes.utf8(Samples.TEXT);
        String name = "inside.txt";
        for (int i = 0; i < 100; i++) {
            layer = TarArchive.of(new TarMember(TarMember.FILE, Bytes.utf8(name), layer));
            name = "inner.tar";
        }
        return layer;
    }

    private static byte[] archive() {
        return TarArchive.of(TarMember.file("inside.txt"), TarMember.file("second.txt"));
    }

    private static HostileFile.Builder file(Attack attack, String variant, String description, String reference) {
        return HostileFile.of(Format.TAR, attack, variant)
                .describedAs(description)
                .reference(reference)
                .expandsTo(Samples.TEXT.length(), 1, 1);
    }
}
