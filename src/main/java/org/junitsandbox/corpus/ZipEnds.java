package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCRYPTED;
import static org.junitsandbox.corpus.Attack.POLYGLOT;
import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.util.stream.Stream;

/** Zip archives that end early or late, begin as something else, or hide what they hold. */
final class ZipEnds {

    private static final String NAME = "inside.txt";

    private ZipEnds() {}

    static Stream<HostileFile> files() {
        return Stream.of(truncated(), ends(), polyglots(), hidden()).flatMap(all -> all);
    }

    private static Stream<HostileFile> truncated() {
        int header = plain().localHeader().length;
        int data = plain().localBytes().length;
        int central = plain().centralBytes(0).length;
        return Stream.of(
                        new Cut("in-local-header", "The file ends within the first local header.", header - 5),
                        new Cut("after-local-header", "The file ends after the first local header.", header),
                        new Cut("in-data", "The file ends within the data of its entry.", header + 10),
                        new Cut("after-data", "The file ends before the central directory.", data),
                        new Cut("in-directory", "The file ends within the central directory.", data + 20),
                        new Cut("after-directory", "The file ends before the end record.", data + central),
                        new Cut("in-end", "The file ends within the end record.", data + central + 12))
                .map(cut -> file(TRUNCATED, cut.variant(), cut.description(), "APPNOTE.TXT 4.3.6")
                        .content(Content.of(() -> cut.of(archive()))))
                .map(ZipEnds::complete);
    }

    private static Stream<HostileFile> ends() {
        byte[] second = ZipArchive.with(ZipMember.file("hidden.txt", Samples.OTHER_TEXT))
                .toArray();
        return Stream.of(
                        file(EMPTY, "no-bytes", "The file has no bytes.", "APPNOTE.TXT 4.3.1")
                                .content(Content.of("")),
                        file(EMPTY, "no-entries", "The archive has no entries.", "APPNOTE.TXT 4.3.16")
                                .content(Content.of(() -> ZipArchive.with().toArray())),
                        file(
                                        CONCATENATED,
                                        "two-archives",
                                        "A second archive follows; the last one counts for most.",
                                        "APPNOTE.TXT 4.3.1")
                                .content(Content.of(() ->
                                        new Bytes().raw(archive()).raw(second).toArray())),
                        file(CONCATENATED, "trailing-data", "1,000 bytes follow the end record.", "APPNOTE.TXT 4.3.16")
                                .content(Content.of(() ->
                                        new Bytes().raw(archive()).zeros(1000).toArray())))
                .map(ZipEnds::complete);
    }

    private static Stream<HostileFile> polyglots() {
        return Stream.of(
                        file(POLYGLOT, "shell", "A shell script that is also an archive.", "CWE-434")
                                .content(behind("#!/bin/sh\necho owned\nexit\n")),
                        file(POLYGLOT, "html", "A web page with a script that is also an archive.", "CWE-79")
                                .content(behind("<!DOCTYPE html><script>alert(1)</script><!--")),
                        file(POLYGLOT, "pdf", "A file that begins as a PDF and is an archive.", "CWE-434")
                                .content(behind("%PDF-1.4\n%\n")),
                        file(
                                        POLYGLOT,
                                        "gif",
                                        "A file that begins as a GIF picture and is an archive.",
                                        "CVE-2008-5343 (GIFAR)")
                                .content(behind("GIF89a\1\0\1\0\0\0\0;")),
                        file(POLYGLOT, "php", "A PHP script that is also an archive.", "CWE-434")
                                .content(behind("<?php system('id'); __halt_compiler(); ?>")))
                .map(ZipEnds::complete);
    }

    /** The offsets count from the beginning of the file, as those of a program that unpacks itself do. */
    private static Content behind(String beginning) {
        return Content.of(
                () -> ZipArchive.with().gap(Bytes.utf8(beginning)).add(plain()).toArray());
    }

    private static Stream<HostileFile> hidden() {
        return Stream.of(
                        file(
                                        ENCRYPTED,
                                        "traditional",
                                        "The entry is encrypted with the password 'infected'.",
                                        "APPNOTE.TXT 6.1")
                                .content(Content.of(() -> ZipArchive.with(ZipCrypto.encrypt(NAME, Samples.TEXT))
                                        .toArray())),
                        file(DETECTION, "eicar", "The EICAR test file in an archive.", "EICAR anti-malware test file")
                                .content(ZipArchive.of(eicar())),
                        file(
                                        DETECTION,
                                        "eicar-nested",
                                        "The EICAR test file in an archive in an archive.",
                                        "EICAR anti-malware test file")
                                .content(Content.of(() -> ZipArchive.with(ZipMember.file(
                                                Bytes.utf8("inner.zip"),
                                                ZipArchive.with(eicar()).toArray()))
                                        .toArray())),
                        file(
                                        DETECTION,
                                        "eicar-encrypted",
                                        "The EICAR test file, encrypted with the password 'infected'.",
                                        "EICAR anti-malware test file")
                                .safeHandling(ENCRYPTED.safeHandling())
                                .content(Content.of(
                                        () -> ZipArchive.with(ZipCrypto.encrypt("eicar.com", Samples.eicar()))
                                                .toArray())))
                .map(ZipEnds::complete);
    }

    private static ZipMember eicar() {
        return ZipMember.file("eicar.com", Samples.eicar());
    }

    private static ZipMember plain() {
        return ZipMember.file(NAME, Samples.TEXT);
    }

    private static byte[] archive() {
        return ZipArchive.with(plain()).toArray();
    }

    private static HostileFile.Builder file(Attack attack, String variant, String description, String reference) {
        return HostileFile.of(Format.ZIP, attack, variant)
                .describedAs(description)
                .reference(reference)
                .expandsTo(Samples.TEXT.length(), 1, 1);
    }

    private static HostileFile complete(HostileFile.Builder builder) {
        return builder.twin(Content.of(ZipEnds::archive)).build();
    }
}
