package org.junitsandbox.corpus;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A hostile name of an entry, for any archive format.
 *
 * @param variant the last part of the file's name in the corpus
 * @param raw the name: a character for each byte
 * @param description what is hostile in it
 * @param reference where it is described
 */
record EntryName(String variant, String raw, String description, String reference) {

    /** The file that nobody should find outside of the target directory. */
    static final String ESCAPED = "escaped.txt";

    private static final String ZIP_SLIP = "CVE-2018-1000544 (Zip Slip)";

    /** Names that lead out on Unix. */
    static final List<EntryName> UNIX_TRAVERSALS = List.of(
            of("parent", "../" + ESCAPED, "An entry is named ../escaped.txt.", ZIP_SLIP),
            of("grandparents", "../".repeat(12) + "tmp/" + ESCAPED, "An entry leads up twelve times and to /tmp.", ZIP_SLIP),
            of("absolute", "/tmp/" + ESCAPED, "An entry is named /tmp/escaped.txt.", "CWE-36"),
            of("inner-parent", "safe/../../" + ESCAPED, "A name goes down once and up twice: safe/../../escaped.txt.", "CWE-27"),
            of("current-parent", "./.././" + ESCAPED, "A name leads up behind a dot: ./.././escaped.txt.", "CWE-22"),
            of("slashes", "..//" + ESCAPED, "A name leads up with a doubled slash: ..//escaped.txt.", "CWE-22"),
            of("double-slash", "//tmp/" + ESCAPED, "A name begins with two slashes: //tmp/escaped.txt.", "CWE-36"));

    /** Names that lead out on Windows. */
    static final List<EntryName> WINDOWS_TRAVERSALS = List.of(
            of("backslash", "..\\..\\" + ESCAPED, "A name leads up with backslashes: ..\\..\\escaped.txt.", "CWE-28"),
            of("mixed-slashes", "safe/..\\..\\" + ESCAPED, "A name has both slashes: safe/..\\..\\escaped.txt.", "CWE-28"),
            of("drive", "C:\\Windows\\Temp\\" + ESCAPED, "A name has a drive letter: C:\\Windows\\Temp\\escaped.txt.", "CWE-39"),
            of("drive-relative", "C:" + ESCAPED, "A name is relative to a drive's current directory: C:escaped.txt.", "CWE-39"),
            of("unc", "\\\\server\\share\\" + ESCAPED, "A name is a network path: \\\\server\\share\\escaped.txt.", "CWE-40"),
            of("device-path", "\\\\?\\C:\\" + ESCAPED, "A name is a path without checks: \\\\?\\C:\\escaped.txt.", "CWE-40"),
            of("trailing-dots", "..../" + ESCAPED, "A directory of four dots, of which old systems drop some.", "CWE-34"),
            of("trailing-space", ".. /" + ESCAPED, "Two dots and a space, which Windows drops: '.. /escaped.txt'.", "CWE-46"));

    /** Names that lead out when a filter decodes them after its check, or checks what others cut. */
    static final List<EntryName> FILTER_TRAVERSALS = List.of(
            of("stripped-once", "....//" + ESCAPED, "A filter that removes ../ once makes ../ of ....//.", "CWE-182"),
            of("url-encoded", "..%2f..%2f" + ESCAPED, "The slashes are URL-encoded: ..%2f..%2fescaped.txt.", "CWE-177"),
            of("null-byte", "../" + ESCAPED + "\0.txt", "A NUL ends the name for C, not for others: ../escaped.txt\\0.txt.", "CWE-158"),
            new EntryName(
                    "overlong-utf8",
                    "\u00c0\u00ae\u00c0\u00ae\u00c0\u00af" + ESCAPED,
                    "Dots and slash are in overlong UTF-8: C0 AE C0 AE C0 AF.",
                    "CVE-2008-2938, RFC 3629 section 3"),
            of("fullwidth", "\uff0e\uff0e\uff0f" + ESCAPED, "Fullwidth dots and slash, which NFKC makes ../.", "UAX 15"));

    private static EntryName of(String variant, String name, String description, String reference) {
        String raw = new String(Bytes.utf8(name), StandardCharsets.ISO_8859_1);
        return new EntryName(variant, raw, description, reference);
    }

    byte[] bytes() {
        return Bytes.latin1(raw);
    }

    /** Whether the name is in UTF-8 that is not ASCII. */
    boolean isUnicode() {
        return variant.equals("fullwidth");
    }
}
