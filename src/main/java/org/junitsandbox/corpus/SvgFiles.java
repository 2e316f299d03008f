package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** SVG pictures: XML that refers to other files, holds scripts, and multiplies. */
final class SvgFiles {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String REMOTE = "http://example.invalid/";
    private static final String SECRET = "file:///etc/passwd";
    private static final String SQUARE = "<rect width='8' height='8' fill='red'/>";
    private static final String TWIN = svg("width='64' height='64'", "<g><use href='#a'/><rect id='a' width='8'"
            + " height='8' fill='red'/></g><text y='32'>harmless</text>");

    private SvgFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(entities(), references(), scripts(), loads(), loops(), sizes(), ends()).flatMap(all -> all);
    }

    private static String svg(String attributes, String content) {
        return "<svg xmlns='" + SVG + "' xmlns:xlink='http://www.w3.org/1999/xlink' " + attributes + ">" + content
                + "</svg>\n";
    }

    private static String body(String content) {
        return svg("width='64' height='64'", content);
    }

    private static String withDoctype(String declarations, String content) {
        return "<!DOCTYPE svg [" + declarations + "]>" + body(content);
    }

    private static HostileFile.Builder begin(Attack attack, String variant, String description, String section) {
        return HostileFile.of(Format.SVG, attack, variant)
                .describedAs(description)
                .reference(section)
                .expandsTo(4 * 64 * 64, 1, 1)
                .twin(Content.of(TWIN));
    }

    private static HostileFile of(Attack attack, String variant, String description, String section, String text) {
        return begin(attack, variant, description, section)
                .content(Content.of(text))
                .build();
    }

    private static HostileFile reference(String variant, String description, String section, String content) {
        return of(EXTERNAL_REFERENCE, variant, description, section, body(content));
    }

    private static Stream<HostileFile> entities() {
        String xxe = "CWE-611, XML 1.0 section 4.2.2";
        return Stream.of(
                of(
                        EXTERNAL_REFERENCE,
                        "entity-file",
                        "An entity is the file /etc/passwd, and a text shows it.",
                        xxe,
                        withDoctype("<!ENTITY x SYSTEM '" + SECRET + "'>", "<text y='9'>&x;</text>")),
                of(
                        EXTERNAL_REFERENCE,
                        "entity-http",
                        "An entity is at an address in the network.",
                        xxe,
                        withDoctype("<!ENTITY x SYSTEM '" + REMOTE + "x'>", "<text y='9'>&x;</text>")),
                of(
                        EXTERNAL_REFERENCE,
                        "parameter-entity",
                        "A parameter entity is at an address in the network.",
                        xxe,
                        withDoctype("<!ENTITY % x SYSTEM '" + REMOTE + "x.dtd'> %x;", SQUARE)),
                of(
                        EXTERNAL_REFERENCE,
                        "document-type",
                        "The document type is at an address in the network.",
                        "XML 1.0 section 2.8",
                        "<!DOCTYPE svg SYSTEM '" + REMOTE + "svg.dtd'>" + body(SQUARE)),
                begin(
                                BOMB,
                                "entities",
                                "Nine layers of entities, each ten times the one below: a gigabyte of text.",
                                "CWE-776, CVE-2003-1564")
                        .expandsTo(1_000_000_000, 1, 9)
                        .content(Content.of(withDoctype(XmlEntities.layers(), "<text>&e9;</text>")))
                        .build(),
                begin(
                                BOMB,
                                "entity-repeated",
                                "An entity of 10,000 characters is used 10,000 times: 100 MB of text.",
                                "CWE-776, CVE-2013-0338")
                        .expandsTo(100_000_000, 1, 1)
                        .content(Content.of(withDoctype(
                                "<!ENTITY x '" + "x".repeat(10_000) + "'>",
                                "<text>" + "&x;".repeat(10_000) + "</text>")))
                        .build(),
                of(
                        LOOP,
                        "entities",
                        "Two entities hold each other.",
                        "XML 1.0 section 4.1",
                        withDoctype("<!ENTITY a '&b;'><!ENTITY b '&a;'>", "<text>&a;</text>")));
    }

    private static Stream<HostileFile> references() {
        String linking = "CWE-918, SVG 2 section 16.1";
        return Stream.of(
                reference(
                        "image-http",
                        "A picture is at an address in the network.",
                        linking,
                        "<image width='8' height='8' href='" + REMOTE + "x.png'/>"),
                reference(
                        "image-xlink",
                        "A picture is at an address in the network, in the older way.",
                        linking,
                        "<image width='8' height='8' xlink:href='" + REMOTE + "x.png'/>"),
                reference(
                        "image-file",
                        "A picture is the file /etc/passwd.",
                        "CVE-2023-38633, SVG 2 section 16.1",
                        "<image width='8' height='8' href='" + SECRET + "'/>"),
                reference(
                        "image-text",
                        "A picture is what ImageMagick's reader of texts shows of /etc/passwd.",
                        "CVE-2016-3717",
                        "<image width='8' height='8' xlink:href='text:/etc/passwd'/>"),
                reference(
                        "image-msl",
                        "A picture is a script for ImageMagick.",
                        "CVE-2016-3716",
                        "<image width='8' height='8' xlink:href='msl:/tmp/script.msl'/>"),
                reference(
                        "use-http",
                        "A used element is in a picture at an address in the network.",
                        linking,
                        "<use href='" + REMOTE + "x.svg#a'/>"),
                reference(
                        "filter-image",
                        "A filter takes its picture from an address in the network.",
                        linking,
                        "<filter id='f'><feImage href='" + REMOTE + "x.png'/></filter>"
                                + "<rect width='8' height='8' filter='url(#f)'/>"),
                reference(
                        "fill",
                        "A colour is an element at an address in the network.",
                        linking,
                        "<rect width='8' height='8' fill='url(" + REMOTE + "x.svg#a)'/>"),
                reference(
                        "style-import",
                        "A style imports another one from an address in the network.",
                        linking,
                        "<style>@import url(" + REMOTE + "x.css);</style>" + SQUARE),
                reference(
                        "font",
                        "A font is at an address in the network.",
                        linking,
                        "<style>@font-face { font-family: f; src: url(" + REMOTE + "f.woff) }</style>"
                                + "<text y='9' font-family='f'>x</text>"),
                reference(
                        "include",
                        "An inclusion takes the text of /etc/passwd.",
                        "XInclude 1.0 section 3.1",
                        "<text y='9'><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' parse='text' href='"
                                + SECRET + "'/></text>"),
                of(
                        EXTERNAL_REFERENCE,
                        "stylesheet",
                        "The style sheet is at an address in the network.",
                        "Associating Style Sheets with XML section 4",
                        "<?xml-stylesheet href='" + REMOTE + "x.css'?>" + body(SQUARE)));
    }

    private static Stream<HostileFile> scripts() {
        return Stream.of(
                script("element", "The picture holds a script.", "<script>alert(1)</script>"),
                script("remote", "A script at an address in the network.", "<script href='" + REMOTE + "x.js'/>"),
                script("event", "An attribute is a script.", "<rect width='8' height='8' onclick='alert(1)'/>"),
                script("link", "A link is a script.", "<a href='javascript:alert(1)'>" + SQUARE + "</a>"),
                script(
                        "encoded-link",
                        "A link is a script, with a line break and a character reference in its scheme.",
                        "<a href='java&#10;scr&#105;pt:alert(1)'>" + SQUARE + "</a>"),
                script(
                        "animation",
                        "An animation makes a link a script.",
                        "<a>" + SQUARE + "<set attributeName='href' to='javascript:alert(1)'/></a>"),
                script(
                        "foreign",
                        "A page with a script within the picture.",
                        "<foreignObject width='8' height='8'><iframe xmlns='http://www.w3.org/1999/xhtml'"
                                + " srcdoc='&lt;script>alert(1)&lt;/script>'/></foreignObject>"),
                of(
                        ACTIVE_CONTENT,
                        "load",
                        "A script runs when the picture is loaded.",
                        "CWE-79, SVG 2 section 15.7",
                        svg("onload='alert(1)'", SQUARE)));
    }

    private static HostileFile script(String variant, String description, String content) {
        return of(ACTIVE_CONTENT, variant, description, "CWE-79, SVG 2 section 15", body(content));
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                begin(
                                BOMB,
                                "uses",
                                "Nine groups, each with ten uses of the one before: a billion squares.",
                                "CVE-2018-1000041, SVG 2 section 5.6")
                        .expandsTo(4 * 64 * 64, 1_000_000_000, 9)
                        .content(Content.of(body(uses())))
                        .build(),
                begin(NESTING, "groups", "100,000 groups within each other.", "SVG 2 section 5.2")
                        .expandsTo(4 * 64 * 64, 100_000, 100_000)
                        .content(Content.of(body("<g>".repeat(100_000) + SQUARE + "</g>".repeat(100_000))))
                        .build(),
                begin(MANY_ENTRIES, "elements", "20,000 squares.", "SVG 2 section 10.2")
                        .expandsTo(4 * 64 * 64, 20_000, 1)
                        .content(Content.of(body(SQUARE.repeat(20_000).replace(" fill='red'", ""))))
                        .build());
    }

    private static String uses() {
        StringBuilder groups = new StringBuilder("<defs><g id='g0'>" + SQUARE + "</g>");
        IntStream.rangeClosed(1, 9)
                .forEach(layer -> groups.append("<g id='g" + layer + "'>")
                        .append(("<use href='#g" + (layer - 1) + "'/>").repeat(10))
                        .append("</g>"));
        return groups.append("</defs><use href='#g9'/>").toString();
    }

    private static Stream<HostileFile> loops() {
        return Stream.of(
                of(
                        LOOP,
                        "use",
                        "A group uses itself.",
                        "SVG 2 section 5.6",
                        body("<g id='a'>" + SQUARE + "<use href='#a'/></g>")),
                of(
                        LOOP,
                        "two-uses",
                        "Two groups use each other.",
                        "SVG 2 section 5.6",
                        body("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>")),
                of(
                        LOOP,
                        "gradients",
                        "Two gradients inherit from each other.",
                        "SVG 2 section 14.2",
                        body("<linearGradient id='a' href='#b'/><linearGradient id='b' href='#a'/>"
                                + "<rect width='8' height='8' fill='url(#a)'/>")));
    }

    private static Stream<HostileFile> sizes() {
        String section = "SVG 2 section 8.2";
        return Stream.of(
                begin(HUGE_PROMISE, "size", "A size of 1,000,000 times 1,000,000 pixels.", section)
                        .expandsTo(4_000_000_000_000L, 1, 1)
                        .content(Content.of(svg("width='1000000' height='1000000'", SQUARE)))
                        .build(),
                begin(HUGE_PROMISE, "exponent", "A width of 1e30 pixels.", section)
                        .content(Content.of(svg("width='1e30' height='64'", SQUARE)))
                        .build(),
                begin(HUGE_PROMISE, "unit", "A width of 100,000 inches.", section)
                        .expandsTo(4L * 9_600_000 * 64, 1, 1)
                        .content(Content.of(svg("width='100000in' height='64'", SQUARE)))
                        .build(),
                of(WRONG_SIZE, "zero", "A width of 0.", section, svg("width='0' height='64'", SQUARE)),
                of(WRONG_SIZE, "negative", "A negative height.", section, svg("width='64' height='-64'", SQUARE)));
    }

    private static Stream<HostileFile> ends() {
        String xml = "XML 1.0 section 2.1";
        int root = TWIN.indexOf('>') + 1;
        return Stream.of(
                of(EMPTY, "no-bytes", "The file has no bytes.", xml, ""),
                of(MALFORMED, "not-closed", "An element is not closed.", xml, body("<g>" + SQUARE)),
                of(MALFORMED, "crossed", "Two elements cross.", xml, body("<g><a></g></a>")),
                of(MALFORMED, "two-roots", "There are two pictures.", xml, TWIN + TWIN),
                of(
                        MALFORMED,
                        "attribute-twice",
                        "An attribute is there twice.",
                        "XML 1.0 section 3.1",
                        body("<rect width='8' width='9' height='8'/>")),
                of(
                        MALFORMED,
                        "no-entity",
                        "An entity is not declared.",
                        "XML 1.0 section 4.1",
                        body("<text>&x;</text>")),
                of(TRUNCATED, "in-root", "The file ends within the first tag.", xml, TWIN.substring(0, root - 9)),
                of(TRUNCATED, "after-root", "The file ends after the first tag.", xml, TWIN.substring(0, root)),
                of(
                        TRUNCATED,
                        "before-end",
                        "The file ends before the last tag.",
                        xml,
                        TWIN.substring(0, TWIN.indexOf("</svg>"))));
    }
}
