package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.LINK;
import static org.junitsandbox.corpus.Attack.PERMISSIONS;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.TarMember.GNU_LONG_LINK;
import static org.junitsandbox.corpus.TarMember.GNU_LONG_NAME;
import static org.junitsandbox.corpus.TarMember.PAX;
import static org.junitsandbox.corpus.TarMember.PAX_GLOBAL;

import java.util.stream.Stream;
import org.junitsandbox.corpus.TarMember.Dialect;

/** Tar archives whose names, types and rights differ between the headers of their dialects. */
final class TarTricks {

    private static final String OUT = "../" + TraversalCases.ESCAPED;
    static final String GNU_MANUAL = "GNU tar manual, Basic Tar Format";
    static final String PAX_STANDARD = "POSIX.1-2017 pax, Extended Header";
    static final String USTAR_STANDARD = "POSIX.1-2017 pax, ustar";
    private static final int SIZE = Samples.TEXT.length();
    static final String NAME = "inside.txt";

    private TarTricks() {}

    static Stream<HostileFile> files() {
        return Stream.of(names(), ambiguities(), rights()).flatMap(all -> all);
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

    static TarMember plain() {
        return TarMember.file(NAME);
    }

    static TarMember gnu(char type, String text) {
        return new TarMember(type, Bytes.utf8("././@LongLink"), Bytes.utf8(text + "\0")).dialect(Dialect.GNU);
    }

    static HostileFile file(Attack attack, String variant, String description, String reference, TarMember... members) {
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
