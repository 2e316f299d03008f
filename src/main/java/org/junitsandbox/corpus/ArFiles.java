package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.COLLISION;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.List;
import java.util.stream.Stream;

/** Archives of ar, in the dialects of GNU and BSD. */
final class ArFiles {

    private static final byte[] TEXT = Bytes.utf8(Samples.TEXT);
    private static final String OUT = "../" + TraversalCases.ESCAPED;
    private static final PackedFile AR = new PackedFile(Format.AR, "ar(5)", () -> plain().toArray());

    private ArFiles() {}

    static Stream<HostileFile> files() {
        List<Cut> cuts = List.of(
                new Cut("in-magic", "The file ends within the magic bytes.", 5),
                new Cut("in-header", "The file ends within the first header.", 40),
                new Cut("after-header", "The file ends after the first header.", 68),
                new Cut("in-data", "The file ends within the data of a member.", 80));
        return Stream.of(names(), sizes(), whole(), AR.truncated(() -> plain().toArray(), cuts))
                .flatMap(all -> all);
    }

    private static ArArchive plain() {
        return ArArchive.empty().add("inside.txt/", TEXT);
    }

    private static Stream<HostileFile> names() {
        return Stream.of(
                AR.of(TRAVERSAL, "parent", "A member is named ../escaped.txt.", "CWE-23,", () -> ArArchive.empty()
                        .add(OUT, TEXT)
                        .toArray()),
                AR.of(
                        TRAVERSAL,
                        "absolute",
                        "A member is named /tmp/escaped.txt by GNU's table of names.",
                        "CWE-36,",
                        () -> table("/tmp/" + TraversalCases.ESCAPED)),
                AR.of(TRAVERSAL, "gnu-table", "GNU's table of names has ../escaped.txt.", "CWE-23,", () -> table(OUT)),
                AR.of(
                        TRAVERSAL,
                        "bsd",
                        "A name in the way of BSD is ../escaped.txt.",
                        "CWE-23,",
                        () -> ArArchive.empty().addBsd(OUT, TEXT).toArray()),
                AR.of(
                        COLLISION,
                        "duplicate",
                        "Two members have the same name and different contents.",
                        "",
                        () -> plain().add("inside.txt/", Bytes.utf8(Samples.OTHER_TEXT))
                                .toArray()),
                AR.of(
                        MALFORMED,
                        "table-offset",
                        "A name lies behind the end of GNU's table of names.",
                        "CWE-125,",
                        () -> ArArchive.empty()
                                .add("//", Bytes.utf8("a-name-in-the-table.txt/\n"))
                                .add("/999999", TEXT)
                                .toArray()),
                AR.of(
                        MALFORMED,
                        "no-table",
                        "A name lies in GNU's table of names, which is not there.",
                        "CWE-476,",
                        () -> ArArchive.empty().add("/0", TEXT).toArray()));
    }

    private static byte[] table(String name) {
        return ArArchive.empty()
                .add("//", Bytes.utf8(name + "/\n"))
                .add("/0", TEXT)
                .toArray();
    }

    private static Stream<HostileFile> sizes() {
        byte[] symbols = new Bytes().big(4, 0x3fffffff).toArray();
        return Stream.of(
                AR.of(WRONG_SIZE, "beyond-end", "A member of 58 bytes states 100,000.", "", () -> ArArchive.empty()
                        .add("inside.txt/", "100000", TEXT)
                        .toArray()),
                AR.of(WRONG_SIZE, "negative", "A member states -1 bytes.", "CWE-195,", () -> ArArchive.empty()
                        .add("inside.txt/", "-1", TEXT)
                        .toArray()),
                AR.of(WRONG_SIZE, "no-number", "A member's size is not a number.", "", () -> ArArchive.empty()
                        .add("inside.txt/", "many", TEXT)
                        .toArray()),
                AR.of(
                        WRONG_SIZE,
                        "bsd-name",
                        "A name in the way of BSD is longer than its member.",
                        "CWE-191,",
                        () -> ArArchive.empty().add("#1/9999", TEXT).toArray()),
                AR.of(HUGE_PROMISE, "member", "A member of 58 bytes states 9,999,999,999.", "", () -> ArArchive.empty()
                        .add("inside.txt/", "9999999999", TEXT)
                        .toArray()),
                AR.of(
                        HUGE_PROMISE,
                        "symbols",
                        "The symbol table states 1,073,741,823 symbols and has none.",
                        "CWE-190,",
                        () -> ArArchive.empty()
                                .add("/", symbols)
                                .add("inside.txt/", TEXT)
                                .toArray()));
    }

    private static Stream<HostileFile> whole() {
        return Stream.of(
                AR.of(EMPTY, "no-bytes", "The file has no bytes.", "", () -> new byte[0]),
                AR.of(EMPTY, "no-entries", "The archive has no members.", "", () -> ArArchive.empty()
                        .toArray()),
                AR.of(MALFORMED, "header-end", "The two bytes at the end of a header are wrong.", "", () -> {
                    byte[] archive = plain().toArray();
                    archive[66] = 'x';
                    return archive;
                }),
                AR.of(
                        DETECTION,
                        "eicar",
                        "The EICAR test file in an archive.",
                        "EICAR anti-malware test file,",
                        () -> ArArchive.empty()
                                .add("eicar.com/", Bytes.utf8(Samples.eicar()))
                                .toArray()));
    }
}
