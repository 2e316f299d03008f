package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.COLLISION;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LONG_NAME;

import java.util.List;

/** Names that collide, are no text, are too long or are read as something else. */
final class NameCases {

    private static final Entry FIRST = Entry.file("first.txt");
    private static final Entry SECOND = Entry.file("second.txt");

    static final List<EntryCase> COLLISIONS = List.of(
            collision(
                    "duplicate",
                    "Two entries have the same name and different contents.",
                    "CWE-694",
                    Entry.file("same.txt"),
                    Entry.file("same.txt").content("The other content.\n")),
            collision(
                    "case",
                    "Two names differ in case only: same.txt, SAME.TXT.",
                    "CWE-178",
                    Entry.file("same.txt"),
                    Entry.file("SAME.TXT")),
            collision(
                    "normalisation",
                    "Two names are one after normalisation: an e with an acute accent, NFC and NFD.",
                    "UAX 15, CVE-2014-9390",
                    Entry.file("caf\u00e9.txt"),
                    Entry.file("cafe\u0301.txt")),
            collision(
                    "ignorable",
                    "Two names differ by a zero-width joiner, which some file systems drop.",
                    "CVE-2014-9390",
                    Entry.file("same.txt"),
                    Entry.file("sa\u200dme.txt")),
            collision(
                    "trailing-dot",
                    "Two names differ by a dot at the end, which Windows drops.",
                    "CWE-42",
                    Entry.file("same.txt"),
                    Entry.file("same.txt.")),
            collision(
                    "redundant-dot",
                    "Two names differ by a redundant ./ only.",
                    "CWE-55",
                    Entry.file("same.txt"),
                    Entry.file("./same.txt")),
            collision(
                    "file-and-directory",
                    "A name is that of a file and of a directory.",
                    "CWE-694",
                    Entry.file("same"),
                    Entry.file("same/inside.txt")));

    static final List<EntryCase> ENCODINGS = List.of(
            EntryCase.of(
                    ENCODING,
                    "latin1-name",
                    "A name is in ISO 8859-1, which is not valid UTF-8: caf E9.",
                    "CWE-838",
                    Entry.rawFile("caf\u00e9.txt")),
            EntryCase.of(
                    ENCODING,
                    "cut-name",
                    "A name ends within a character: the last two bytes are E2 82.",
                    "CWE-838",
                    Entry.rawFile("cut\u00e2\u0082")),
            EntryCase.of(
                    ENCODING,
                    "surrogate-name",
                    "A name has half of a surrogate pair in UTF-8: ED A0 80.",
                    "RFC 3629 section 3",
                    Entry.rawFile("half\u00ed\u00a0\u0080.txt")));

    static final List<EntryCase> LONG_NAMES = List.of(
            EntryCase.of(
                    LONG_NAME,
                    "component",
                    "A name has 256 characters, one more than common file systems take.",
                    "CWE-1284",
                    Entry.file("n".repeat(256))),
            EntryCase.of(
                    LONG_NAME,
                    "path",
                    "A path of 5,000 characters, more than the 4,096 that Linux takes.",
                    "CWE-1284",
                    Entry.file("directory/".repeat(500) + "deep.txt")),
            EntryCase.of(
                    LONG_NAME,
                    "depth",
                    "A path of 2,000 directories within each other.",
                    "CWE-674",
                    Entry.file("d/".repeat(2000) + "deep.txt")));

    static final List<EntryCase> INJECTIONS = List.of(
            injection(
                    "option",
                    "A name looks like an option: --checkpoint-action=exec=sh.",
                    "CWE-88",
                    "--checkpoint-action=exec=sh"),
            injection(
                    "newline",
                    "A name has a line break, and a second line that looks like another name.",
                    "CWE-93",
                    "first.txt\nsecond.txt"),
            injection(
                    "escape",
                    "A name has terminal escapes that clear the screen and set the title.",
                    "CWE-150",
                    "\u001b[2J\u001b]0;owned\u0007.txt"),
            injection("command", "A name has a shell command: $(touch owned).txt.", "CWE-78", "$(touch owned).txt"),
            injection("markup", "A name is markup with a script.", "CWE-79", "<img src=x onerror=alert(1)>.txt"));

    private NameCases() {}

    private static EntryCase collision(String variant, String description, String reference, Entry one, Entry other) {
        return EntryCase.of(COLLISION, variant, description, reference, one, other)
                .twin(FIRST, SECOND);
    }

    private static EntryCase injection(String variant, String description, String reference, String name) {
        return EntryCase.of(INJECTION, variant + "-name", description, reference, Entry.file(name));
    }
}
