package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.POLYGLOT;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_TYPE;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** A format of pictures: begins its hostile files, and lists those that every format has. */
final class PictureKind {

    /** In pixels, of the width and the height of the small picture. */
    static final int SIDE = 8;

    static final String PHP = "<?php system($_GET['c']); ?>";
    private static final String PAGE = "<html><script>alert(1)</script></html>";

    /** Clears the screen and sets the window's title. */
    private static final String ESCAPES = "\u001b[2J\u001b]0;owned\u0007";

    private final Format format;
    private final String specification;
    private final Supplier<byte[]> small;

    /**
     * @param specification what a section is one of
     * @param small makes the harmless twin, which is what a hostile file also shows, where it shows something
     */
    PictureKind(Format format, String specification, Supplier<byte[]> small) {
        this.format = format;
        this.specification = specification;
        this.small = small;
    }

    /**
     * Begins a file.
     *
     * @param section of the specification, or where else the attack is described, and a comma; or empty
     */
    HostileFile.Builder begin(
            Attack attack, String variant, String description, String section, Supplier<byte[]> content) {
        return HostileFile.of(format, attack, variant)
                .describedAs(description)
                .reference((section + " " + specification).strip())
                .expandsTo(4L * SIDE * SIDE, 1, 1)
                .content(Content.of(content))
                .twin(Content.of(small));
    }

    HostileFile of(Attack attack, String variant, String description, String section, Supplier<byte[]> content) {
        return begin(attack, variant, description, section, content).build();
    }

    /** Makes a picture that has a text in it. */
    @FunctionalInterface
    interface TextCarrier {
        HostileFile with(Attack attack, String variant, String description, String text);
    }

    /**
     * Texts for other programs than those that show pictures.
     *
     * @param place where a picture has the text, for the descriptions: {@code A comment}
     * @param verb how it has it: {@code holds}, or {@code is} if it has nothing else
     */
    static Stream<HostileFile> texts(String place, String verb, TextCarrier carrier) {
        String subject = place + " " + verb;
        return Stream.of(
                carrier.with(
                        POLYGLOT,
                        "php",
                        subject + " a PHP script, which runs where the file is included.",
                        PHP),
                carrier.with(
                        POLYGLOT,
                        "html",
                        subject + " a page with a script, for browsers that guess types.",
                        PAGE),
                carrier.with(INJECTION, "text-escapes", place + " has terminal escapes.", ESCAPES));
    }

    /** What follows behind the picture. */
    Stream<HostileFile> followed() {
        return Stream.of(
                of(
                        POLYGLOT,
                        "zip",
                        "A zip archive follows behind the picture.",
                        "APPNOTE 4.3.6,",
                        () -> joined(new ZipArchive()
                                .add(ZipMember.file("inside.txt", Samples.TEXT))
                                .toArray())),
                of(
                        CONCATENATED,
                        "trailing-data",
                        "Text follows behind the end.",
                        "",
                        () -> joined(Bytes.utf8(Samples.OTHER_TEXT))),
                of(
                        DETECTION,
                        "eicar",
                        "The EICAR test file follows behind the picture.",
                        "EICAR anti-malware test file,",
                        () -> joined(Samples.eicarBytes())));
    }

    byte[] joined(byte[] second) {
        return new Bytes().raw(small.get()).raw(second).toArray();
    }

    /** What is no picture, or none of this format. */
    Stream<HostileFile> disguises() {
        return Stream.of(
                of(EMPTY, "no-bytes", "The file has no bytes.", "", () -> new byte[0]),
                disguise("php", "A PHP script.", "", PHP),
                disguise("html", "A page with a script.", "", PAGE),
                disguise("mvg", "Drawing commands of ImageMagick that show another file.", "CVE-2016-3717,", """
                        push graphic-context
                        viewbox 0 0 64 64
                        image over 0,0 0,0 'label:@/etc/passwd'
                        pop graphic-context
                        """),
                disguise(
                        "postscript",
                        "A program in PostScript that reads another file.",
                        "CVE-2018-16509,",
                        "%!PS\n(/etc/passwd) (r) file 100 string readline pop ==\nshowpage\n"));
    }

    HostileFile disguise(String variant, String description, String section, String text) {
        return of(WRONG_TYPE, variant, description, section, () -> Bytes.latin1(text));
    }

    /** The small picture that ends too early. */
    Stream<HostileFile> cuts(String section, Cut... cuts) {
        return Stream.of(cuts)
                .map(cut -> of(TRUNCATED, cut.variant(), cut.description(), section, () -> cut.of(small.get())));
    }
}
