package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.POLYGLOT;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;
import static org.junitsandbox.corpus.Attack.WRONG_TYPE;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** PDF documents that are damaged, or that two programs read differently. */
final class PdfErrors {

    private static final String ISO = "ISO 32000-1 section ";
    private static final String ROOT = "<< /Root 1 0 R /Size 5 >>";
    private static final byte[] TWIN = PdfDocument.page("", "").end();

    private PdfErrors() {}

    static Stream<HostileFile> files() {
        return Stream.of(readings(), polyglots(), programs(), sizes(), errors(), ends()).flatMap(all -> all);
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, Supplier<byte[]> maker) {
        return PdfFiles.PDF.file(attack, variant, description, ISO + section, Content.of(maker));
    }

    private static String twin() {
        return Bytes.asLatin1(TWIN);
    }

    private static byte[] changed(String from, String to) {
        return Bytes.latin1(twin().replace(from, to));
    }

    private static String update(int previous) {
        String stream = "4 0 obj\n<< /Length 16 >>\nstream\n0 0 200 200 re f\nendstream\nendobj\n";
        int start = TWIN.length + stream.length();
        return stream + "xref\n4 1\n" + PdfDocument.entry(TWIN.length) + "trailer\n<< /Root 1 0 R /Size 5 /Prev "
                + previous + " >>\nstartxref\n" + start + "\n%%EOF\n";
    }

    private static Stream<HostileFile> readings() {
        return Stream.of(
                of(
                        AMBIGUITY,
                        "update",
                        "A second version behind the first, maybe signed, one replaces the page's content.",
                        "7.5.6",
                        () -> Bytes.latin1(twin() + update(twin().indexOf("xref\n0")))),
                of(
                        AMBIGUITY,
                        "object-twice",
                        "An object is there twice; programs that search for objects take the second.",
                        "7.5.4",
                        () -> PdfDocument.page("", "")
                                .text("4 0 obj\n<< /Length 16 >>\nstream\n0 0 200 200 re f\nendstream\nendobj\n")
                                .end()),
                of(
                        AMBIGUITY,
                        "key-twice",
                        "A page has two contents.",
                        "7.3.7",
                        () -> PdfDocument.page("", " /Contents 5 0 R")
                                .stream(5, "", Bytes.utf8("0 0 200 200 re f\n"))
                                .end()),
                of(
                        CONCATENATED,
                        "two-documents",
                        "A second document follows.",
                        "7.5.5",
                        () -> new Bytes().raw(TWIN).raw(TWIN).toArray()),
                of(
                        CONCATENATED,
                        "trailing-data",
                        "A text follows behind the end.",
                        "7.5.5",
                        () -> Bytes.latin1(twin() + Samples.OTHER_TEXT)));
    }

    private static Stream<HostileFile> polyglots() {
        return Stream.of(
                of(
                        POLYGLOT,
                        "html",
                        "A page with a script stands before the header, for browsers that guess types.",
                        "7.5.2",
                        () -> new PdfDocument("<html><script>alert(1)</script></html>\n")
                                .pages("", "")
                                .end()),
                of(
                        POLYGLOT,
                        "php",
                        "A comment is a PHP script, which runs where the file is included.",
                        "7.2.3",
                        () -> PdfDocument.page("", "").text("%<?php echo 1; ?>\n").end()),
                of(POLYGLOT, "zip", "A zip archive follows behind the document.", "7.5.5", () -> {
                    byte[] zip = new ZipArchive()
                            .add(ZipMember.file("inside.txt", Samples.TEXT))
                            .toArray();
                    return new Bytes().raw(TWIN).raw(zip).toArray();
                }));
    }

    /** Ghostscript runs both languages, and goes by what a file begins with. */
    private static Stream<HostileFile> programs() {
        return Stream.of(
                program(
                        "postscript",
                        "A program in PostScript, which prints the file /etc/passwd.",
                        "CVE-2018-16509, PostScript Language Reference section 3.8.1",
                        "(/etc/passwd) (r) file 65535 string readstring pop print flush"),
                program(
                        "postscript-loop",
                        "A program in PostScript, which never ends.",
                        "CWE-835, PostScript Language Reference section 3.5.4",
                        "{} loop"));
    }

    private static HostileFile program(String variant, String description, String reference, String text) {
        return PdfFiles.PDF.file(WRONG_TYPE, variant, description, reference, Content.of("%!PS\n" + text + "\n"));
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                of(
                        WRONG_SIZE,
                        "length-short",
                        "A stream is longer than it states.",
                        "7.3.8.2",
                        () -> changed("/Length 17", "/Length 07")),
                of(
                        WRONG_SIZE,
                        "length-long",
                        "A stream states more bytes than the file has.",
                        "7.3.8.2",
                        () -> changed("/Length 17", "/Length 99999")),
                of(
                        WRONG_SIZE,
                        "length-negative",
                        "A stream of -1 bytes.",
                        "7.3.8.2",
                        () -> changed("/Length 17", "/Length -1")),
                of(
                        WRONG_CHECKSUM,
                        "flate",
                        "The checksum of a packed stream is wrong.",
                        "7.4.4",
                        () -> PdfDocument.page("", "")
                                .stream(
                                        4,
                                        " /Filter /FlateDecode",
                                        PngPicture.zlib(Deflate.of("0 0 100 100 re f\n"), 0x12345678))
                                .end()));
    }

    private static HostileFile malformed(
            String variant, String description, String section, Supplier<byte[]> maker) {
        return of(MALFORMED, variant, description, section, maker);
    }

    private static Stream<HostileFile> errors() {
        return Stream.of(
                malformed(
                        "table-offsets",
                        "The offsets in the cross-reference table are wrong.",
                        "7.5.4",
                        () -> PdfDocument.page("", "")
                                .end(table -> table.replace(" 00000 n", "7 00000 n").replace("\n0", "\n"), ROOT)),
                malformed(
                        "no-table",
                        "There is no cross-reference table.",
                        "7.5.4",
                        () -> PdfDocument.page("", "").end(table -> "", ROOT)),
                malformed(
                        "table-start",
                        "The place of the cross-reference table is behind the end.",
                        "7.5.5",
                        () -> Bytes.latin1(twin().replaceFirst("startxref\n\\d+", "startxref\n999999"))),
                malformed(
                        "table-negative",
                        "The cross-reference table is at a negative offset.",
                        "7.5.5",
                        () -> Bytes.latin1(twin().replaceFirst("startxref\n\\d+", "startxref\n-1"))),
                malformed("no-root", "The trailer has no root.", "7.5.5", () -> PdfDocument.page("", "")
                        .end(table -> table, "<< /Size 5 >>")),
                malformed("root-type", "The root is a number.", "7.7.2", () -> PdfDocument.page("", "")
                        .object(1, "7")
                        .end()),
                malformed("pages-type", "The page tree is a text.", "7.7.3.2", () -> PdfDocument.page("", "")
                        .object(2, "(pages)")
                        .end()),
                malformed("no-header", "There is no header.", "7.5.2", () -> changed("%PDF-1.7\n", "\n")),
                malformed(
                        "string-open",
                        "A string is not closed.",
                        "7.3.4.2",
                        () -> PdfDocument.page(" /Lang (en", "").end()),
                malformed(
                        "dictionary-open",
                        "A dictionary is not closed.",
                        "7.3.7",
                        () -> changed("/Count 1 >>", "/Count 1   ")),
                malformed("filter", "A stream is packed in an unknown way.", "7.4", () -> PdfDocument.page("", "")
                        .stream(4, " /Filter /Unknown", Bytes.utf8("0 0 9 9 re f\n"))
                        .end()),
                malformed("flate", "A packed stream is damaged.", "7.4.4", () -> PdfDocument.page("", "")
                        .stream(4, " /Filter /FlateDecode", Bytes.utf8("not packed"))
                        .end()));
    }

    private static Stream<HostileFile> ends() {
        return Stream.of(
                of(EMPTY, "no-bytes", "The file has no bytes.", "7.5", () -> new byte[0]),
                of(EMPTY, "no-pages", "The document has no page.", "7.7.3.2", () -> PdfDocument.page("", "")
                        .object(2, "<< /Type /Pages /Kids [] /Count 0 >>")
                        .end()),
                cut("after-header", "The file ends after the header.", 15),
                cut("in-object", "The file ends within an object.", twin().indexOf("/Kids")),
                cut("in-stream", "The file ends within a stream.", twin().indexOf("100 re f")),
                cut("in-table", "The file ends within the cross-reference table.", twin().indexOf("xref") + 30),
                cut("before-end", "The file ends before the offset of its table.", twin().indexOf("startxref")));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return of(TRUNCATED, variant, description, "7.5.5", () -> Arrays.copyOf(TWIN, length));
    }
}
