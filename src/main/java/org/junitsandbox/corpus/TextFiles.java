package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.COMPLEXITY;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.SPOOFING;
import static org.junitsandbox.corpus.Attack.WRONG_TYPE;

import java.util.stream.Stream;

/** Plain text. */
final class TextFiles {

    private static final String ESCAPE = "\u001b";
    private static final String ESCAPES = "ECMA-48, CWE-150";
    private static final String UTF_8 = "RFC 3629 section 3";
    private static final long GIB = 1 << 30;

    private TextFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(encodings(), escapes(), loads(), patterns(), others()).flatMap(all -> all);
    }

    private static Stream<HostileFile> encodings() {
        return Stream.of(
                bytes(ENCODING, "continuation", "A byte continues a character that did not begin: 80.", UTF_8, 0x80),
                bytes(ENCODING, "cut-character", "The text ends within a character: E2 82.", UTF_8, 0xe2, 0x82),
                bytes(ENCODING, "overlong", "A slash in two bytes instead of one: C0 AF.", UTF_8, 0xc0, 0xaf),
                bytes(ENCODING, "overlong-null", "A NUL in two bytes instead of one: C0 80.", UTF_8, 0xc0, 0x80),
                bytes(ENCODING, "surrogate", "Half of a surrogate pair: ED A0 80.", UTF_8, 0xed, 0xa0, 0x80),
                bytes(
                        ENCODING,
                        "surrogate-pair",
                        "A surrogate pair in six bytes, as CESU-8 has it.",
                        "UTR 26",
                        0xed,
                        0xa0,
                        0xbd,
                        0xed,
                        0xb8,
                        0x80),
                bytes(ENCODING, "too-high", "A character beyond U+10FFFF: F4 90 80 80.", UTF_8, 0xf4, 0x90, 0x80, 0x80),
                bytes(
                        ENCODING,
                        "five-bytes",
                        "A character of five bytes: F8 88 80 80 80.",
                        UTF_8,
                        0xf8,
                        0x88,
                        0x80,
                        0x80,
                        0x80),
                bytes(ENCODING, "no-character", "Bytes that never are in UTF-8: FE FF.", UTF_8, 'a', 0xfe, 0xff),
                bytes(ENCODING, "latin1", "An accent in ISO 8859-1: E9.", "CWE-838", 'c', 'a', 'f', 0xe9),
                bytes(ENCODING, "null", "A NUL between two words.", "CWE-158", 'a', 0, 'b'),
                raw(
                        ENCODING,
                        "byte-order-mark",
                        "A byte order mark at the beginning and one in the middle.",
                        "Unicode 16.0 section 23.8",
                        Content.of("\ufeff" + Samples.TEXT + "\ufeff" + Samples.TEXT)),
                raw(
                        ENCODING,
                        "utf16-mark",
                        "The byte order mark of UTF-16 in front of UTF-8.",
                        "Unicode 16.0 section 23.8",
                        Content.join(Content.of(new byte[] {-1, -2}), Content.of(Samples.TEXT))),
                raw(
                        ENCODING,
                        "utf7",
                        "Markup with a script in UTF-7, for readers that guess.",
                        "CWE-79, RFC 2152",
                        Content.of("+ADw-script+AD4-alert(1)+ADw-/script+AD4-\n")),
                raw(
                        ENCODING,
                        "line-ends",
                        "Lines end in CR, LF, CRLF, NEL, LS and PS.",
                        "Unicode 16.0 section 5.8",
                        Content.of("a\rb\nc\r\nd\u0085e\u2028f\u2029g")));
    }

    private static Stream<HostileFile> escapes() {
        return Stream.of(
                text(
                        INJECTION,
                        "terminal-title",
                        "A sequence sets the terminal's title.",
                        ESCAPES,
                        ESCAPE + "]0;owned\u0007"),
                text(
                        INJECTION,
                        "terminal-title-report",
                        "A sequence makes the terminal type its title.",
                        "CVE-2003-0063, " + ESCAPES,
                        ESCAPE + "[21t"),
                text(
                        INJECTION,
                        "terminal-clipboard",
                        "A sequence puts a command into the clipboard.",
                        "OSC 52, " + ESCAPES,
                        ESCAPE + "]52;c;dG91Y2ggb3duZWQK\u0007"),
                text(
                        INJECTION,
                        "terminal-cursor-report",
                        "A sequence makes the terminal type its cursor position.",
                        ESCAPES,
                        ESCAPE + "[6n"),
                text(
                        INJECTION,
                        "terminal-answerback",
                        "A character makes the terminal type its answerback: ENQ.",
                        ESCAPES,
                        "\u0005"),
                text(
                        INJECTION,
                        "terminal-clear",
                        "Sequences clear the screen and hide the lines above.",
                        ESCAPES,
                        ESCAPE + "[2J" + ESCAPE + "[H" + ESCAPE + "[8m"),
                text(
                        INJECTION,
                        "terminal-hyperlink",
                        "A link shows another address than the one it leads to.",
                        "OSC 8, " + ESCAPES,
                        ESCAPE + "]8;;http://example.invalid" + ESCAPE + "\\https://example.com" + ESCAPE + "]8;;"
                                + ESCAPE + "\\"),
                text(
                        INJECTION,
                        "terminal-c1",
                        "A control character of one byte begins a sequence: U+009B.",
                        ESCAPES,
                        "\u009b2J"),
                text(INJECTION, "terminal-reset", "A sequence resets the terminal.", ESCAPES, ESCAPE + "c"),
                text(
                        INJECTION,
                        "overwritten-line",
                        "A carriage return and a second text hide the first one.",
                        "CWE-150",
                        "rm -rf /\recho harmless\n"),
                text(
                        INJECTION,
                        "log-line",
                        "A line break begins a line that looks like another log entry.",
                        "CWE-117",
                        "upload\n2026-01-01 00:00:00 INFO login of admin succeeded\n"));
    }

    /** Their content is large, so that its size is stated. */
    private static Stream<HostileFile> loads() {
        return Stream.of(
                file(
                                BOMB,
                                "long-line",
                                "One line of 2,000,000 characters.",
                                "CWE-770",
                                Content.repeat(2000, Bytes.utf8("x".repeat(1000))))
                        .expandsTo(2_000_000, 1, 1)
                        .build(),
                file(
                                MANY_ENTRIES,
                                "lines",
                                "2,000,000 empty lines.",
                                "CWE-770",
                                Content.repeat(2000, Bytes.utf8("\n".repeat(1000))))
                        .expandsTo(2_000_000, 2_000_000, 1)
                        .build(),
                file(
                                BOMB,
                                "gigabyte-line",
                                "One line of 1 GiB.",
                                "CWE-770",
                                Content.repeat(1 << 14, Bytes.utf8("x".repeat(1 << 16))))
                        .expandsTo(GIB, 1, 1)
                        .huge()
                        .build(),
                file(
                                COMPLEXITY,
                                "combining",
                                "One letter with 40,000 accents, which normalisation sorts.",
                                "UAX 15 section 13",
                                Content.join(Content.of("a"), Content.repeat(20_000, Bytes.utf8("\u0316\u0301"))))
                        .expandsTo(80_001, 1, 1)
                        .build());
    }

    private static Stream<HostileFile> patterns() {
        String number = "CWE-1333";
        return Stream.of(
                text(
                        COMPLEXITY,
                        "nested-quantifiers",
                        "A text for (a+)+$: exponential time.",
                        number,
                        "a".repeat(40) + "!"),
                text(
                        COMPLEXITY,
                        "alternatives",
                        "A text for ^(a|a)*$: exponential time.",
                        number,
                        "a".repeat(40) + "b"),
                text(
                        COMPLEXITY,
                        "trailing-spaces",
                        "A text for \\s+$: quadratic time.",
                        number + ", Stack Overflow outage of 2016-07-20",
                        "x" + " ".repeat(100_000) + "x"),
                text(
                        COMPLEXITY,
                        "equals",
                        "A text for .*.*=.*: quadratic time.",
                        number + ", Cloudflare outage of 2019-07-02",
                        "x".repeat(20_000)),
                text(
                        COMPLEXITY,
                        "mail-address",
                        "A text for a common pattern of mail addresses: exponential time.",
                        number,
                        "a@" + "a.".repeat(40) + "!"),
                text(
                        COMPLEXITY,
                        "pattern",
                        "A regular expression that takes exponential time on aaaa.",
                        number,
                        "(((a+)+)+)+$\n"));
    }

    private static Stream<HostileFile> others() {
        return Stream.of(
                raw(EMPTY, "no-bytes", "The file has no bytes.", "CWE-20", Content.of("")),
                text(
                        SPOOFING,
                        "right-to-left",
                        "Marks turn parts of a line around, so that it reads as another.",
                        "CVE-2021-42574 (Trojan Source)",
                        "access = \"user\u202e \u2066// check\u2069 \u2066\"\n"),
                text(
                        SPOOFING,
                        "homoglyph",
                        "Letters of another script look like Latin ones.",
                        "CVE-2021-42694",
                        "\u0440\u0430ypal\n"),
                raw(
                        DETECTION,
                        "eicar",
                        "The EICAR test file.",
                        "EICAR anti-malware test file",
                        Content.of(Samples::eicarBytes)),
                raw(
                        WRONG_TYPE,
                        "shell-script",
                        "A shell script that is named as a text.",
                        "CWE-434",
                        Content.of("#!/bin/sh\ntouch /tmp/escaped.txt\n")),
                raw(
                        WRONG_TYPE,
                        "html",
                        "Markup with a script that is named as a text.",
                        "CWE-79",
                        Content.of("<html><script>alert(1)</script></html>\n")),
                raw(
                        WRONG_TYPE,
                        "elf",
                        "The first bytes of a program for Linux.",
                        "CWE-434",
                        Content.of("\u007fELF\2\1\1" + "\0".repeat(57))));
    }

    private static HostileFile bytes(
            Attack attack, String variant, String description, String reference, int... bytes) {
        return raw(
                attack,
                variant,
                description,
                reference,
                Content.of(new Bytes().text("before ").raw(bytes).toArray()));
    }

    private static HostileFile text(Attack attack, String variant, String description, String reference, String text) {
        return raw(attack, variant, description, reference, Content.of(text));
    }

    private static HostileFile raw(
            Attack attack, String variant, String description, String reference, Content content) {
        return file(attack, variant, description, reference, content)
                .expandsTo(content.bytes().length, 1, 1)
                .build();
    }

    private static HostileFile.Builder file(
            Attack attack, String variant, String description, String reference, Content content) {
        return HostileFile.of(Format.TEXT, attack, variant)
                .describedAs(description)
                .reference(reference)
                .content(content)
                .twin(Content.of(Samples.TEXT));
    }
}
