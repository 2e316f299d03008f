package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;
import static org.junitsandbox.corpus.TiffPicture.HEADER_BYTES;
import static org.junitsandbox.corpus.TiffPicture.LONG;
import static org.junitsandbox.corpus.TiffPicture.TEXT;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** JPEG pictures with hostile metadata: Exif, XMP and colour profiles. */
final class JpegMetadata {

    private static final int EXIF = 0xe1;
    private static final int PROFILE = 0xe2;
    private static final long MAX = 0xffff_ffffL;
    private static final int EXIF_DIRECTORY = 34_665;
    private static final int ARTIST = 315;
    private static final String EXIF_SECTION = "Exif 2.3 section 4.6.2,";
    private static final String XMP_SECTION = "XMP part 3 section 1.1.3,";

    private JpegMetadata() {}

    static Stream<HostileFile> files() {
        return Stream.of(exif(), texts(), profiles(), xmp()).flatMap(all -> all);
    }

    private static HostileFile exif(
            Attack attack, String variant, String description, UnaryOperator<TiffPicture> tags) {
        return segment(
                attack,
                "exif-" + variant,
                description,
                EXIF_SECTION,
                EXIF,
                new Bytes()
                        .text("Exif\0\0")
                        .raw(tags.apply(TiffPicture.metadata()).toArray())
                        .toArray());
    }

    private static HostileFile segment(
            Attack attack, String variant, String description, String section, int code, byte[] content) {
        return JpegFiles.of(attack, variant, description, section, picture -> picture.segment(code, content)
                .rest());
    }

    private static Stream<HostileFile> exif() {
        return Stream.of(
                exif(
                        LOOP,
                        "directory",
                        "The directory behind the first one is the first one.",
                        tags -> tags.text(ARTIST, "nobody").next(tags.directory())),
                exif(LOOP, "sub-directory", "A directory is a part of itself.", tags -> tags.text(ARTIST, "nobody")
                        .tag(EXIF_DIRECTORY, LONG, 1, tags.directory())),
                exif(HUGE_PROMISE, "text", "A text states 4,294,967,295 characters.", tags -> tags.tag(
                        ARTIST, TEXT, MAX, HEADER_BYTES)),
                exif(HUGE_PROMISE, "tags", "The directory states 65,535 tags, of which 1 is there.", tags -> tags.tag(
                                ARTIST, TEXT, 1, 0)
                        .entries(0xffff)),
                exif(WRONG_SIZE, "text-outside", "A text is far behind the end of the file.", tags -> tags.tag(
                        ARTIST, TEXT, 100, MAX - 0xff)),
                exif(WRONG_SIZE, "directory-outside", "The directory is far behind the end of the file.", tags -> tags
                        .first(MAX - 0xff)),
                exif(
                        WRONG_SIZE,
                        "thumbnail",
                        "The thumbnail begins behind the metadata, and is 1 MB of what follows in memory.",
                        tags -> tags.pages(2)
                                .tag(513, LONG, 1, 1000)
                                .tag(514, LONG, 1, 1_000_000)),
                exif(MALFORMED, "type", "A tag has the type 99, which is not a valid type.", tags -> tags.tag(
                        ARTIST, 99, 1, 0)));
    }

    private static Stream<HostileFile> texts() {
        return Stream.of(
                exif(INJECTION, "markup", "The artist's name is markup with a script.", tags -> tags.text(
                        ARTIST, "\"><script>alert(1)</script>")),
                exif(INJECTION, "command", "The artist's name is a command in a shell's text.", tags -> tags.text(
                        ARTIST, "$(touch /tmp/owned)`touch /tmp/owned`")),
                exif(INJECTION, "query", "The artist's name closes a text in an SQL statement.", tags -> tags.text(
                        ARTIST, "'); DROP TABLE pictures; --")));
    }

    private static HostileFile profile(
            Attack attack, String variant, String description, int number, int count, long size) {
        byte[] header = new Bytes()
                .text("ICC_PROFILE\0")
                .raw(number, count)
                .big(4, size)
                .text("none")
                .raw(2, 0, 0, 0)
                .text("mntrGRAYXYZ ")
                .zeros(12)
                .text("acsp")
                .zeros(88)
                .big(4, size == MAX ? MAX : 0)
                .toArray();
        return segment(attack, "profile-" + variant, description, "ICC.1 section 7.2,", PROFILE, header);
    }

    private static Stream<HostileFile> profiles() {
        return Stream.of(
                profile(HUGE_PROMISE, "size", "The colour profile states 4,294,967,295 bytes.", 1, 1, MAX),
                profile(MALFORMED, "number", "The colour profile is part 0 of 0.", 0, 0, 132),
                profile(MALFORMED, "parts", "Of the colour profile, 254 of 255 parts are missing.", 7, 255, 132));
    }

    private static HostileFile.Builder xmp(Attack attack, String variant, String description, String text) {
        byte[] content = new Bytes()
                .text("http://ns.adobe.com/xap/1.0/\0" + text)
                .toArray();
        return JpegFiles.begin(attack, "xmp-" + variant, description, XMP_SECTION, () -> new JpegPicture()
                .segment(EXIF, content)
                .rest()
                .toArray());
    }

    private static String packet(String declarations, String content) {
        return "<!DOCTYPE x [" + declarations + "]><x:xmpmeta xmlns:x='adobe:ns:meta/'>" + content + "</x:xmpmeta>";
    }

    private static Stream<HostileFile> xmp() {
        byte[] extended = new Bytes()
                .text("http://ns.adobe.com/xmp/extension/\0" + "0".repeat(32))
                .big(4, MAX)
                .big(4, 0)
                .text("<x/>")
                .toArray();
        return Stream.of(
                xmp(
                                EXTERNAL_REFERENCE,
                                "entity-file",
                                "In the metadata, an entity is the file /etc/passwd.",
                                packet("<!ENTITY a SYSTEM 'file:///etc/passwd'>", "&a;"))
                        .build(),
                xmp(
                                EXTERNAL_REFERENCE,
                                "entity-http",
                                "In the metadata, an entity is at an address in the network.",
                                packet("<!ENTITY a SYSTEM 'http://example.invalid/a'>", "&a;"))
                        .build(),
                xmp(
                                BOMB,
                                "entities",
                                "In the metadata, nine layers of entities, each ten times the one below.",
                                packet(XmlEntities.layers(), "&e9;"))
                        .reference("CWE-776, " + XMP_SECTION + " T.81")
                        .expandsTo(1_000_000_000, 1, 9)
                        .build(),
                segment(
                        HUGE_PROMISE,
                        "xmp-extended",
                        "Metadata state that 4,294,967,295 bytes of them follow.",
                        "XMP part 3 section 1.1.3.1,",
                        EXIF,
                        extended));
    }
}
