package org.junitsandbox.corpus;

import java.util.List;

/** Names that lead out of the target directory. */
final class TraversalCases {

    /** The file that nobody should find outside of the target directory. */
    static final String ESCAPED = "escaped.txt";

    private static final String ZIP_SLIP = "CVE-2018-1000544 (Zip Slip)";

    /** Names that lead out on Unix. */
    static final List<EntryCase> UNIX = List.of(
            of("parent", "../" + ESCAPED, "An entry is named ../escaped.txt.", ZIP_SLIP),
            of(
                    "grandparents",
                    "../".repeat(12) + "tmp/" + ESCAPED,
                    "A name leads up twelve times, then to /tmp.",
                    ZIP_SLIP),
            of("absolute", "/tmp/" + ESCAPED, "An entry is named /tmp/escaped.txt.", "CWE-36"),
            of(
                    "inner-parent",
                    "safe/../../" + ESCAPED,
                    "A name goes down once and up twice: safe/../../escaped.txt.",
                    "CWE-27, CVE-2016-6321"),
            of("current-parent", "./.././" + ESCAPED, "A name leads up behind a dot: ./.././escaped.txt.", "CWE-23"),
            of("slashes", "..//" + ESCAPED, "A name leads up with a doubled slash: ..//escaped.txt.", "CWE-23"),
            of("double-slash", "//tmp/" + ESCAPED, "A name begins with two slashes: //tmp/escaped.txt.", "CWE-36"),
            EntryCase.of(
                            Attack.TRAVERSAL,
                            "directory",
                            "An entry is the directory ../escaped, which is to be created.",
                            "CWE-23",
                            Entry.directory("../escaped"))
                    .twin(Entry.directory("safe")));

    /** Names that lead out on Windows. */
    static final List<EntryCase> WINDOWS = List.of(
            of("backslash", "..\\..\\" + ESCAPED, "A name leads up with backslashes: ..\\..\\escaped.txt.", "CWE-28"),
            of(
                    "mixed-slashes",
                    "safe/..\\..\\" + ESCAPED,
                    "A name has both slashes: safe/..\\..\\escaped.txt.",
                    "CWE-28"),
            of(
                    "drive",
                    "C:\\Windows\\Temp\\" + ESCAPED,
                    "A name has a drive: C:\\Windows\\Temp\\escaped.txt.",
                    "CWE-39"),
            of("drive-relative", "C:" + ESCAPED, "A name is relative to a drive's directory: C:escaped.txt.", "CWE-39"),
            of(
                    "unc",
                    "\\\\server\\share\\" + ESCAPED,
                    "A name is a network path: \\\\server\\share\\escaped.txt.",
                    "CWE-40"),
            of(
                    "device-path",
                    "\\\\?\\C:\\" + ESCAPED,
                    "A name is a path without checks: \\\\?\\C:\\escaped.txt.",
                    "CWE-40"),
            of(
                    "trailing-dots",
                    "..../" + ESCAPED,
                    "A directory of four dots, of which old systems drop some.",
                    "CWE-33"),
            of(
                    "trailing-space",
                    ".. /" + ESCAPED,
                    "Two dots and a space, which Windows drops: '.. /escaped.txt'.",
                    "CWE-46"));

    /** Names that lead out when a filter decodes them after its check, or checks what others cut. */
    static final List<EntryCase> FILTERS = List.of(
            of(
                    "stripped-once",
                    "....//" + ESCAPED,
                    "A filter that removes ../ once makes ../ of ....//.",
                    "CWE-34, CWE-182"),
            of("url-encoded", "..%2f..%2f" + ESCAPED, "The slashes are URL-encoded: ..%2f..%2fescaped.txt.", "CWE-177"),
            of(
                    "null-byte",
                    "../" + ESCAPED + "\0.txt",
                    "A NUL ends the name for C, not for others: ../escaped.txt\\0.txt.",
                    "CWE-158"),
            EntryCase.of(
                    Attack.TRAVERSAL,
                    "overlong-utf8",
                    "Dots and slash are in overlong UTF-8: C0 AE C0 AE C0 AF.",
                    "CVE-2008-2938, RFC 3629 section 3",
                    Entry.rawFile("\u00c0\u00ae\u00c0\u00ae\u00c0\u00af" + ESCAPED)),
            of(
                    "fullwidth",
                    "\uff0e\uff0e\uff0f" + ESCAPED,
                    "Fullwidth dots and slash, which NFKC makes ../.",
                    "CWE-180, UAX 15"));

    private TraversalCases() {}

    private static EntryCase of(String variant, String name, String description, String reference) {
        return EntryCase.of(Attack.TRAVERSAL, variant, description, reference, Entry.file(name));
    }
}
