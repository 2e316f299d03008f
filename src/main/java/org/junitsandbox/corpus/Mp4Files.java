package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** MP4 files, whose boxes state sizes, offsets and counts that are not true. */
final class Mp4Files {

    private static final byte[] TWIN = new Mp4Movie().toArray();
    private static final Family MP4 = Family.of(Format.MP4, Content.of(TWIN));
    private static final long MAX = 0xffff_ffffL;

    private Mp4Files() {}

    static Stream<HostileFile> files() {
        return Stream.of(boxes(), promises(), loads(), errors(), ends()).flatMap(all -> all);
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, Supplier<byte[]> maker) {
        return MP4.file(attack, variant, description, "ISO/IEC 14496-12 section " + section, Content.of(maker));
    }

    private static byte[] with(byte[] box) {
        return new Bytes().raw(TWIN).raw(box).toArray();
    }

    /** A box with a size of 64 bits. */
    private static byte[] wide(String type, long size) {
        return Mp4Movie.box(1, type, new Bytes().big(8, size).toArray());
    }

    private static Stream<HostileFile> boxes() {
        String section = "4.2";
        byte[] content = new byte[8];
        return Stream.of(
                of(
                        LOOP,
                        "inner-size-zero",
                        "A box within another has size 0, by which some programs go on.",
                        section,
                        () -> new Mp4Movie()
                        .set("moov/udta", Mp4Movie.box(0, "free", content))
                        .toArray()),
                of(LOOP, "wide-size-zero", "A box has size 0 in 64 bits.", section, () -> with(wide("free", 0))),
                of(WRONG_SIZE, "size-four", "A box is smaller than its header: 4 bytes.", section, () -> with(
                        Mp4Movie.box(4, "free", content))),
                of(
                        WRONG_SIZE,
                        "wide-size-small",
                        "A box is smaller than its header: 8 bytes of 16.",
                        section,
                        () -> with(
                        wide("free", 8))),
                of(WRONG_SIZE, "wide-size-negative", "A box of -1 bytes in 64 bits.", section, () -> with(
                        wide("free", -1))),
                of(
                        WRONG_SIZE,
                        "larger-than-parent",
                        "A box is larger than the one around it.",
                        section,
                        () -> new Mp4Movie()
                        .set("moov/udta", Mp4Movie.box(999, "free", content))
                        .toArray()),
                of(HUGE_PROMISE, "size", "A box states 4 GiB, and has 8 bytes.", section, () -> with(
                        Mp4Movie.box(MAX, "free", content))),
                of(HUGE_PROMISE, "wide-size", "A box states 8 EiB, and has no bytes.", section, () -> with(
                        wide("free", Long.MAX_VALUE))));
    }

    private static HostileFile promise(
            String variant, String description, String section, String table, long... numbers) {
        return of(HUGE_PROMISE, variant, description, section, () -> new Mp4Movie()
                .table(table, numbers)
                .toArray());
    }

    private static Stream<HostileFile> promises() {
        return Stream.of(
                promise(
                        "sample-sizes",
                        "4,294,967,295 samples of different sizes, and no table.",
                        "8.7.3",
                        "stsz",
                        0,
                        MAX),
                promise("sample-size", "Samples of 4 GiB.", "8.7.3", "stsz", MAX, 8),
                promise("times", "4,294,967,295 entries of times, and one is there.", "8.6.1.2", "stts", MAX, 8, 1),
                promise("time-count", "An entry of times for 4,294,967,295 samples.", "8.6.1.2", "stts", 1, MAX, 1),
                promise("chunks", "4,294,967,295 chunks, and one is there.", "8.7.5", "stco", MAX, 40),
                promise("chunk-samples", "A chunk of 4,294,967,295 samples.", "8.7.4", "stsc", 1, 1, MAX, 1));
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                MP4.begin(NESTING, "boxes", "10,000 boxes within each other.", "ISO/IEC 14496-12 section 4.2")
                        .expandsTo(0, 10_000, 10_000)
                        .content(Content.of(() -> with(nested())))
                        .build(),
                MP4.begin(MANY_ENTRIES, "boxes", "10,000 empty boxes.", "ISO/IEC 14496-12 section 8.1.2")
                        .expandsTo(0, 10_000, 1)
                        .content(Content.join(
                                Content.of(TWIN), Content.repeat(10_000, Mp4Movie.box("free", new byte[0]))))
                        .build(),
                of(
                        EXTERNAL_REFERENCE,
                        "samples-http",
                        "The samples are at an address in the network.",
                        "8.7.2",
                        () -> referring(
                        "http://example.invalid/x.mp4")),
                of(
                        EXTERNAL_REFERENCE,
                        "samples-file",
                        "The samples are in the file /etc/passwd.",
                        "8.7.2",
                        () -> referring(
                        "file:///etc/passwd")),
                of(INJECTION, "title-markup", "The title is the markup of a script.", "8.10.1", () -> titled(
                        "<script>alert(1)</script>")),
                of(INJECTION, "title-escapes", "The title has terminal escapes.", "8.10.1", () -> titled(
                        "\u001b]0;owned\u0007")));
    }

    private static byte[] nested() {
        Bytes out = new Bytes();
        for (int layer = 10_000; layer > 0; layer--) {
            out.big(4, 8L * layer).text("moov");
        }
        return out.toArray();
    }

    private static byte[] referring(String address) {
        byte[] content = new Bytes().zeros(4).text(address).zeros(1).toArray();
        return new Mp4Movie()
                .set("moov/trak/mdia/minf/dinf", Mp4Movie.references(Mp4Movie.box("url ", content)))
                .toArray();
    }

    private static byte[] titled(String title) {
        byte[] content = new Bytes().zeros(4).big(2, 0x55c4).text(title).zeros(1).toArray();
        return new Mp4Movie()
                .set("moov/udta", Mp4Movie.box("titl", content))
                .toArray();
    }

    private static HostileFile malformed(String variant, String description, String section, Supplier<byte[]> maker) {
        return of(MALFORMED, variant, description, section, maker);
    }

    private static Stream<HostileFile> errors() {
        return Stream.of(
                malformed("no-movie", "There is no description of the movie.", "8.2.1", () -> new Mp4Movie()
                        .without("moov")
                        .toArray()),
                malformed("no-sample-table", "A track has no table of its samples.", "8.5.1", () -> new Mp4Movie()
                        .without("moov/trak/mdia/minf/stbl")
                        .toArray()),
                malformed(
                        "time-scale",
                        "The time scale is 0, by which durations are divided.",
                        "8.2.2",
                        () -> new Mp4Movie()
                        .set("moov/mvhd", new Bytes().zeros(100).toArray())
                        .toArray()),
                malformed("chunk-offset", "The chunk begins behind the end of the file.", "8.7.5", () -> new Mp4Movie()
                        .table("stco", 1, 999_999)
                        .toArray()),
                malformed("first-chunk", "The first chunk has the number 0.", "8.7.4", () -> new Mp4Movie()
                        .table("stsc", 1, 0, 8, 1)
                        .toArray()));
    }

    private static Stream<HostileFile> ends() {
        int movie = Bytes.asLatin1(TWIN).indexOf("moov");
        return Stream.of(
                of(EMPTY, "no-bytes", "The file has no bytes.", "4.2", () -> new byte[0]),
                of(EMPTY, "no-samples", "The track has no samples.", "8.7.3", () -> new Mp4Movie()
                        .table("stts", 0)
                        .table("stsc", 0)
                        .table("stsz", 0, 0)
                        .table("stco", 0)
                        .set("mdat", new byte[0])
                        .toArray()),
                of(CONCATENATED, "two-movies", "A second movie follows.", "4.3", () -> with(TWIN)),
                cut("in-header", "The file ends within the header of a box.", movie),
                cut("in-movie", "The file ends within the description of the movie.", movie + 200),
                cut("in-samples", "The file ends within the samples.", TWIN.length - 4));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return of(TRUNCATED, variant, description, "4.2", () -> Arrays.copyOf(TWIN, length));
    }
}
