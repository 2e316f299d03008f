package org.junitsandbox.corpus;

import java.util.List;

/** Links that lead out of the target directory. */
final class LinkCases {

    private static final Entry TARGET = Entry.file("inside.txt");

    private static final Entry INNER_LINK = Entry.link("link.txt", "inside.txt");

    static final List<EntryCase> SYMBOLIC = List.of(
            of("absolute", "A symbolic link leads to /etc/passwd.", "CWE-61", Entry.link("link.txt", "/etc/passwd")),
            of(
                    "parent",
                    "A symbolic link leads to ../../secret.txt.",
                    "CWE-61",
                    Entry.link("link.txt", "../../secret.txt")),
            of(
                    "then-file",
                    "A symbolic link leads to /tmp, and the next entry is written through it.",
                    "CVE-2015-1197, CVE-2025-11001",
                    Entry.link("link", "/tmp"),
                    Entry.file("link/" + TraversalCases.ESCAPED)),
            of(
                    "then-same-name",
                    "A symbolic link leads to /tmp/escaped.txt, and a file of the same name follows.",
                    "CWE-61",
                    Entry.link("same.txt", "/tmp/" + TraversalCases.ESCAPED),
                    Entry.file("same.txt")),
            of(
                    "replaces-directory",
                    "A directory is followed by a link of its name, and that by a file in it.",
                    "CVE-2021-32803",
                    Entry.directory("safe"),
                    Entry.link("safe", "/tmp"),
                    Entry.file("safe/" + TraversalCases.ESCAPED)),
            of(
                    "chain",
                    "Each of three links leads up once by way of the one before it.",
                    "CWE-61",
                    Entry.directory("a"),
                    Entry.directory("a/b"),
                    Entry.link("a/b/up", ".."),
                    Entry.link("a/up", "b/up/.."),
                    Entry.link("out", "a/up/.."),
                    Entry.file("out/" + TraversalCases.ESCAPED)),
            of(
                    "by-case",
                    "A link is named Safe and a file is in safe/: one directory where case does not count.",
                    "CVE-2021-21300",
                    Entry.link("Safe", "/tmp"),
                    Entry.file("safe/" + TraversalCases.ESCAPED)),
            of(
                    "loop",
                    "Two symbolic links lead to each other.",
                    "CWE-835",
                    Entry.link("one", "two"),
                    Entry.link("two", "one")),
            of("self", "A symbolic link leads to its own directory.", "CWE-674", Entry.link("again", ".")));

    static final List<EntryCase> HARD = List.of(
            of(
                            "hard-absolute",
                            "A hard link leads to /etc/passwd.",
                            "CWE-62",
                            Entry.hardLink("link.txt", "/etc/passwd"))
                    .twin(TARGET, Entry.hardLink("link.txt", "inside.txt")),
            of(
                            "hard-parent",
                            "A hard link leads to ../secret.txt.",
                            "CWE-62",
                            Entry.hardLink("link.txt", "../secret.txt"))
                    .twin(TARGET, Entry.hardLink("link.txt", "inside.txt")),
            of(
                            "hard-then-file",
                            "A hard link leads to ../secret.txt, and a file of the same name overwrites it.",
                            "CVE-2018-20834",
                            Entry.hardLink("same.txt", "../secret.txt"),
                            Entry.file("same.txt"))
                    .twin(TARGET, Entry.hardLink("link.txt", "inside.txt")),
            of(
                            "hard-to-symbolic",
                            "A hard link leads to a symbolic link, and so to /tmp/escaped.txt, for the file that"
                                    + " follows.",
                            "CWE-62",
                            Entry.link("first", "/tmp/" + TraversalCases.ESCAPED),
                            Entry.hardLink("second", "first"),
                            Entry.file("second"))
                    .twin(TARGET, Entry.hardLink("link.txt", "inside.txt")));

    private LinkCases() {}

    private static EntryCase of(String variant, String description, String reference, Entry... entries) {
        return EntryCase.of(Attack.LINK, variant, description, reference, entries)
                .twin(TARGET, INNER_LINK);
    }
}
