package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;
import static org.junitsandbox.corpus.TarMember.GNU_LONG_NAME;
import static org.junitsandbox.corpus.TarMember.PAX;
import static org.junitsandbox.corpus.TarTricks.GNU_MANUAL;
import static org.junitsandbox.corpus.TarTricks.NAME;
import static org.junitsandbox.corpus.TarTricks.PAX_STANDARD;
import static org.junitsandbox.corpus.TarTricks.USTAR_STANDARD;
import static org.junitsandbox.corpus.TarTricks.file;
import static org.junitsandbox.corpus.TarTricks.gnu;
import static org.junitsandbox.corpus.TarTricks.plain;

import java.util.stream.Stream;
import org.junitsandbox.corpus.TarMember.Dialect;

/** Tar archives whose sizes, checksums and records are not true, or break the rules. */
final class TarSizes {

    private TarSizes() {}

    static Stream<HostileFile> files() {
        return Stream.of(sizes(), promises(), malformed()).flatMap(all -> all);
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
                        new TarMember(TarMember.FILE, Bytes.utf8(NAME), Bytes.utf8("x".repeat(1024)))
                                .size(TarMember.octal(12, 10)),
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
                        ENCODING,
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

    private static TarMember raw(String records) {
        return new TarMember(PAX, Bytes.utf8("PaxHeaders/record"), Bytes.utf8(records));
    }
}
