package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.LINK;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.PERMISSIONS;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;
import static org.junitsandbox.corpus.TarMember.GNU_LONG_LINK;
import static org.junitsandbox.corpus.TarMember.GNU_LONG_NAME;
import static org.junitsandbox.corpus.TarMember.PAX;
import static org.junitsandbox.corpus.TarMember.PAX_GLOBAL;

import java.util.stream.Stream;
import org.junitsandbox.corpus.TarMember.Dialect;

/** Tar archives whose headers, in all dialects, are not true or do not agree with each other. */
final class TarTricks {

    private static final String OUT = "../" + TraversalCases.ESCAPED;
    private static final String GNU_MANUAL = "GNU tar manual, Basic Tar Format";
    private static final String PAX_STANDARD = "POSIX.1-2017 pax, Extended Header";
    private static final String USTAR_STANDARD = "POSIX.1-2017 pax, ustar";
    private static final int SIZE = Samples.TEXT.length();
    private static final String NAME = "inside.txt";

    private TarTricks() {}

    static Stream<HostileFile> files() {
        return Stream.of(names(), ambiguities(), sizes(), promises(), malformed(), rights())
                .flatMap(all -> all);
    }

    private static Stream<HostileFile> names() {
        TarMember link = new TarMember(TarMember.SYMBOLIC_LINK, Bytes.utf8("link.txt"), new byte[0]).linkTo(NAME);
        return Stream.of(
                file(
                        TRAVERSAL,
                        "ustar-prefix",
                        "The prefix field leads up, the name field is harmless.",
                        USTAR_STANDARD,
                        plain().prefix(Bytes.utf8(".."))),
                file(
                        TRAVERSAL,
                        "v7",
                        "An entry of the oldest dialect is named ../escaped.txt.",
                        "tar(5), V7",
                        TarMember.file(OUT).dialect(Dialect.V7)),
                file(
                        TRAVERSAL,
                        "gnu-long-name",
                        "GNU's long name is ../escaped.txt, the header's is inside.txt.",
                        GNU_MANUAL,
                        gnu(GNU_LONG_NAME, OUT),
                        plain().dialect(Dialect.GNU)),
                file(
                        TRAVERSAL,
                        "pax-path",
                        "The pax record path is ../escaped.txt, the header's name inside.txt.",
                        PAX_STANDARD,
                        TarMember.pax(PAX, "path=" + OUT),
                        plain()),
                file(
                        TRAVERSAL,
                        "pax-global-path",
                        "A pax record for all entries has the path ../escaped.txt.",
                        PAX_STANDARD,
                        TarMember.pax(PAX_GLOBAL, "path=" + OUT),
                        plain()),
                file(
                        LINK,
                        "pax-linkpath",
                        "The pax record linkpath is /etc/passwd, the header's link inside.txt.",
                        PAX_STANDARD,
                        plain(),
                        TarMember.pax(PAX, "linkpath=/etc/passwd"),
                        link),
                file(
                        LINK,
                        "gnu-long-link",
                        "GNU's long link is /etc/passwd, the header's link inside.txt.",
                        GNU_MANUAL,
                        plain(),
                        gnu(GNU_LONG_LINK, "/etc/passwd"),
                        link.dialect(Dialect.GNU)));
    }

    private static Stream<HostileFile> ambiguities() {
        byte[] inner = TarMember.file("hidden.txt").bytes();
        TarMember outer = new TarMember(TarMember.FILE, Bytes.utf8(NAME), inner).size(TarMember.octal(12, 0));
        TarMember link = new TarMember(TarMember.SYMBOLIC_LINK, Bytes.utf8("link.txt"), inner).linkTo(NAME);
        return Stream.of(
                file(
                        AMBIGUITY,
                        "pax-size",
                        "The header states no data, pax 1,024 bytes: an archive is in them.",
                        "CVE-2025-62518 (TARmageddon)",
                        TarMember.pax(PAX, "size=" + inner.length),
                        outer),
                file(
                        AMBIGUITY,
                        "link-with-data",
                        "A link has 1,024 bytes of data, which are an entry if not skipped.",
                        USTAR_STANDARD,
                        plain(),
                        link),
                file(
                        AMBIGUITY,
                        "pax-two-paths",
                        "Two pax records of one header have different paths.",
                        PAX_STANDARD,
                        TarMember.pax(PAX, "path=first.txt", "path=" + OUT),
                        plain()),
                file(
                        AMBIGUITY,
                        "gnu-and-pax",
                        "GNU's long name and the pax path differ.",
                        PAX_STANDARD,
                        gnu(GNU_LONG_NAME, "first.txt"),
                        TarMember.pax(PAX, "path=second.txt"),
                        plain()),
                file(
                        AMBIGUITY,
                        "file-with-slash",
                        "A regular file has a name that ends with a slash: a directory in V7.",
                        "tar(5), V7",
                        TarMember.file("same/")),
                file(
                        AMBIGUITY,
                        "unknown-type",
                        "An entry has the type Y, which readers skip or take for a file.",
                        USTAR_STANDARD,
                        new TarMember('Y', Bytes.utf8(NAME), Bytes.utf8(Samples.TEXT))),
                file(
                        AMBIGUITY,
                        "volume",
                        "An entry is the continuation of a file from another volume.",
                        GNU_MANUAL,
                        new TarMember('M', Bytes.utf8(NAME), Bytes.utf8(Samples.TEXT)).dialect(Dialect.GNU)));
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                file(
                        WRONG_SIZE,
                        "beyond-end",
                        "An entry of 58 bytes states 100,000.",
                        USTAR_STANDARD,
                        plain().size(TarMember.octal(12, 100_000))),
                file(
                        WRONG_SIZE,
                        "too-short",
                        "An entry of 1,024 bytes states 10, so that the rest is a header.",
                        USTAR_STANDARD,
                        new TarMember(TarMember.FILE, Bytes.utf8(NAME), new byte[1024]).size(TarMember.octal(12, 10)),
                        TarMember.file("second.txt")),
                file(
                        WRONG_SIZE,
                        "negative",
                        "An entry states -1 bytes in GNU's binary form.",
                        GNU_MANUAL,
                        plain().dialect(Dialect.GNU).size(TarMember.binary(-1))),
                file(
                        WRONG_SIZE,
                        "no-number",
                        "The size field is not a number.",
                        USTAR_STANDARD,
                        plain().size(Bytes.utf8("0000000zz11"))),
                file(
                        WRONG_SIZE,
                        "pax-negative",
                        "The pax record size is -1.",
                        PAX_STANDARD,
                        TarMember.pax(PAX, "size=-1"),
                        plain()),
                file(
                        WRONG_CHECKSUM,
                        "header",
                        "The checksum of the first header is one too high.",
                        USTAR_STANDARD,
                        plain().checksumError(1)),
                file(
                        WRONG_CHECKSUM,
                        "second-header",
                        "The checksum of the second header is one too low.",
                        USTAR_STANDARD,
                        plain(),
                        TarMember.file("second.txt").checksumError(-1)));
    }

    private static Stream<HostileFile> promises() {
        return Stream.of(
                file(
                        HUGE_PROMISE,
                        "octal",
                        "An entry of 58 bytes states 8 GiB.",
                        USTAR_STANDARD,
                        plain().size(TarMember.octal(12, (1L << 33) - 1))),
                file(
                        HUGE_PROMISE,
                        "binary",
                        "An entry of 58 bytes states 4 EiB in GNU's binary form.",
                        GNU_MANUAL,
                        plain().dialect(Dialect.GNU).size(TarMember.binary(1L << 62))),
                file(
                        HUGE_PROMISE,
                        "pax-header",
                        "A header of pax records states 4 GiB.",
                        PAX_STANDARD,
                        TarMember.pax(PAX, "path=" + NAME).size(TarMember.octal(12, 1L << 32)),
                        plain()),
                file(
                        HUGE_PROMISE,
                        "long-name",
                        "A GNU long name states 2 GiB.",
                        GNU_MANUAL,
                        gnu(GNU_LONG_NAME, NAME).size(TarMember.octal(12, 1L << 31)),
                        plain()),
                file(
                        HUGE_PROMISE,
                        "sparse",
                        "A sparse file of GNU's old form is 8 TiB large and has 512 bytes.",
                        GNU_MANUAL,
                        SparseTar.old(1L << 43)),
                file(
                        HUGE_PROMISE,
                        "pax-sparse",
                        "A sparse file of GNU's form 1.0 is 8 TiB large and has 512 bytes.",
                        "GNU tar manual, PAX Format, Version 1.0",
                        SparseTar.pax(1L << 43)));
    }

    private static Stream<HostileFile> malformed() {
        return Stream.of(
                file(
                        MALFORMED,
                        "pax-length-zero",
                        "A pax record states that it has no bytes, not even itself.",
                        "CWE-835, " + PAX_STANDARD,
                        raw("0 path=" + NAME + "\n"),
                        plain()),
                file(
                        MALFORMED,
                        "pax-length-beyond",
                        "A pax record states more bytes than its header has.",
                        "CWE-125, " + PAX_STANDARD,
                        raw("9999999 path=" + NAME + "\n"),
                        plain()),
                file(
                        MALFORMED,
                        "pax-length-huge",
                        "A pax record states a length of 30 digits.",
                        "CWE-190, " + PAX_STANDARD,
                        raw("9".repeat(30) + " path=" + NAME + "\n"),
                        plain()),
                file(
                        MALFORMED,
                        "pax-no-equals",
                        "A pax record has no equals sign.",
                        PAX_STANDARD,
                        raw("12 path-only\n"),
                        plain()),
                file(
                        MALFORMED,
                        "pax-null-path",
                        "A pax path has a NUL in it.",
                        "CWE-158, " + PAX_STANDARD,
                        TarMember.pax(PAX, "path=first\0second"),
                        plain()),
                file(
                        MALFORMED,
                        "pax-time",
                        "The pax record mtime is 10 to the power of 30.",
                        PAX_STANDARD,
                        TarMember.pax(PAX, "mtime=1" + "0".repeat(30)),
                        plain()),
                file(
                        MALFORMED,
                        "sparse-overlap",
                        "The parts of a sparse file overlap each other and go backwards.",
                        GNU_MANUAL,
                        SparseTar.overlapping()));
    }

    private static Stream<HostileFile> rights() {
        TarMember root = plain();
        root.user = TarMember.octal(8, 0);
        root.group = TarMember.octal(8, 0);
        return Stream.of(
                file(PERMISSIONS, "owner-root", "An entry belongs to root by its numbers.", USTAR_STANDARD, root),
                file(
                        PERMISSIONS,
                        "pax-capability",
                        "A pax record gives a program capabilities of root.",
                        "CWE-250, tar(5)",
                        TarMember.pax(PAX, "SCHILY.xattr.security.capability=\1\0\0\2\u007f\0\0\0\u007f\0\0\0"),
                        plain()),
                file(
                        PERMISSIONS,
                        "pax-acl",
                        "A pax record gives everybody all rights by an access list.",
                        "tar(5)",
                        TarMember.pax(PAX, "SCHILY.acl.access=user::rwx,group::rwx,other::rwx"),
                        plain()));
    }

    private static TarMember plain() {
        return TarMember.file(NAME);
    }

    private static TarMember gnu(char type, String text) {
        return new TarMember(type, Bytes.utf8("././@LongLink"), Bytes.utf8(text + "\0")).dialect(Dialect.GNU);
    }

    private static TarMember raw(String records) {
        return new TarMember(PAX, Bytes.utf8("PaxHeaders/record"), Bytes.utf8(records));
    }

    private static HostileFile file(
            Attack attack, String variant, String description, String reference, TarMember... members) {
        return HostileFile.of(Format.TAR, attack, variant)
                .describedAs(description)
                .reference(reference)
                .expandsTo(SIZE, 1, 1)
                .content(TarArchive.content(members))
                .twin(TarArchive.content(
                        TarMember.pax(PAX, "path=safe/" + NAME, "mtime=946684800.5"),
                        plain(),
                        gnu(GNU_LONG_NAME, "safe/second.txt"),
                        TarMember.file("second.txt").dialect(Dialect.GNU)))
                .build();
    }
}
