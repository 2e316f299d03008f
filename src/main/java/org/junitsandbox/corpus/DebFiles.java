package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.LINK;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.PERMISSIONS;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;

import java.util.List;
import java.util.stream.Stream;

/** Debian packages. */
final class DebFiles {

    private static final long GIB = 1 << 30;
    private static final byte[] VERSION = Bytes.utf8("2.0\n");
    private static final String CONTROL =
            """
            Package: corpus
            Version: 1
            Architecture: all
            Maintainer: Nobody <nobody@example.invalid>
            Description: A package of the hostile-file corpus
            """;
    private static final PackedFile DEB =
            new PackedFile(Format.DEB, "deb(5)", () -> packageOf(Entry.file("./usr/share/corpus/inside.txt")));

    private DebFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(
                DEB.of(
                        TRAVERSAL,
                        "data",
                        "The data have the file ../escaped.txt.",
                        "CWE-23,",
                        () -> packageOf(Entry.file("../" + TraversalCases.ESCAPED))),
                DEB.of(
                        TRAVERSAL,
                        "control",
                        "The control files have the file ../escaped.txt.",
                        "CWE-23,",
                        () -> packageOf(controlWith(Entry.file("../" + TraversalCases.ESCAPED)), data())),
                DEB.of(
                        LINK,
                        "data",
                        "The data have a link to /tmp and a file that is written through it.",
                        "CWE-61,",
                        () -> packageOf(Entry.link("./link", "/tmp"), Entry.file("./link/" + TraversalCases.ESCAPED))),
                DEB.of(
                        PERMISSIONS,
                        "setuid",
                        "The data have a program that is set-user-id.",
                        "CWE-250,",
                        () -> packageOf(Entry.file("./usr/bin/program").rights(04755))),
                DEB.of(
                        ACTIVE_CONTENT,
                        "script",
                        "A script runs as root when the package is installed.",
                        "Debian Policy 6.1,",
                        () -> packageOf(controlWith(script()), data())),
                DEB.begin(
                                BOMB,
                                "data",
                                "The data are 1 GiB of zeros in 1 MB.",
                                "CWE-409,",
                                () -> packageOf(controlWith(), bomb()))
                        .expandsTo(GIB, 1, 3)
                        .build(),
                DEB.of(AMBIGUITY, "two-data", "The package has two archives of data.", "", () -> begin().add(
                                "control.tar.gz", controlWith())
                        .add("data.tar.gz", data())
                        .add("data.tar.gz", Gzip.of(TarArchive.of(TarMember.file("hidden.txt"))))
                        .toArray()),
                DEB.of(MALFORMED, "version", "The version of the format is 9.0.", "", () -> ArArchive.empty()
                        .add("debian-binary", Bytes.utf8("9.0\n"))
                        .add("control.tar.gz", controlWith())
                        .add("data.tar.gz", data())
                        .toArray()),
                DEB.of(MALFORMED, "order", "The data come before the control files.", "", () -> begin().add(
                                "data.tar.gz", data())
                        .add("control.tar.gz", controlWith())
                        .toArray()),
                DEB.of(MALFORMED, "no-control", "The package has no control files.", "", () -> begin().add(
                                "data.tar.gz", data())
                        .toArray()));
    }

    private static Entry script() {
        return Entry.file("./postinst").rights(0755).content("#!/bin/sh\ntouch /tmp/" + TraversalCases.ESCAPED + "\n");
    }

    private static ArArchive begin() {
        return ArArchive.empty().add("debian-binary", VERSION);
    }

    private static byte[] packageOf(Entry... entries) {
        return packageOf(controlWith(), Gzip.of(TarArchive.of(List.of(entries))));
    }

    private static byte[] packageOf(byte[] control, byte[] data) {
        return begin().add("control.tar.gz", control).add("data.tar.gz", data).toArray();
    }

    private static byte[] controlWith(Entry... further) {
        Entry control = Entry.file("./control").content(CONTROL);
        return Gzip.of(TarArchive.of(
                Stream.concat(Stream.of(control), Stream.of(further)).toList()));
    }

    private static byte[] data() {
        return Gzip.of(TarArchive.of(List.of(Entry.file("./usr/share/corpus/inside.txt"))));
    }

    private static byte[] bomb() {
        return Gzip.of(new Deflate()
                .copy(TarMember.file("./zeros").size(TarMember.octal(12, GIB)).header())
                .run(0, GIB + 2 * TarMember.BLOCK)
                .finish());
    }
}
