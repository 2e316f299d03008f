package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Documents of Photoshop, of which the headers and the lengths of sections are hostile. */
final class PsdFiles {

    private static final PictureKind PSD =
            new PictureKind(Format.PSD, "Adobe Photoshop File Formats Specification", PsdPicture::small);

    private static final int SIDE = PictureKind.SIDE;
    private static final int BOMB_SIDE = 4_000;
    private static final int RESOURCES = 10_000;
    private static final int CAPTION = 1020;
    private static final int XMP = 1060;
    private static final long MAX = 0xffff_ffffL;
    private static final String HEADER = "File Header Section,";
    private static final String RESOURCE = "Image Resources Section,";
    private static final String LAYERS = "Layer and Mask Information Section,";
    private static final String DATA = "Image Data Section,";

    private PsdFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(
                        loads(),
                        promises(),
                        sizes(),
                        headers(),
                        texts(),
                        passengers(),
                        PSD.followed(),
                        PSD.disguises(),
                        cuts())
                .flatMap(all -> all);
    }

    private static HostileFile.Builder begin(
            Attack attack, String variant, String description, String section, UnaryOperator<PsdPicture> change) {
        return PSD.begin(attack, variant, description, section, () -> change.apply(new PsdPicture())
                .toArray());
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, UnaryOperator<PsdPicture> change) {
        return begin(attack, variant, description, section, change).build();
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                begin(
                                BOMB,
                                "pixels",
                                "4,000 times 4,000 black pixels: 64 MB as RGBA, in 264 kB.",
                                DATA,
                                picture -> picture.size(BOMB_SIDE, BOMB_SIDE).data(PsdPicture.PACKED, black()))
                        .expandsTo(4L * BOMB_SIDE * BOMB_SIDE, 1, 1)
                        .build(),
                begin(MANY_ENTRIES, "resources", "10,000 resources without content.", RESOURCE, picture -> {
                            Bytes resources = new Bytes();
                            for (int i = 0; i < RESOURCES; i++) {
                                resources.raw(PsdPicture.resource(CAPTION, new byte[0]));
                            }
                            return picture.resources(PsdPicture.section(resources.toArray()));
                        })
                        .expandsTo(4L * SIDE * SIDE, RESOURCES, 1)
                        .build());
    }

    /** The packed lengths of all rows, and then the rows, in runs of at most 128 pixels. */
    private static byte[] black() {
        int runs = BOMB_SIDE / 125;
        Bytes data = new Bytes();
        for (int row = 0; row < BOMB_SIDE; row++) {
            data.big(2, 2L * runs);
        }
        for (int run = 0; run < runs * BOMB_SIDE; run++) {
            data.raw(257 - 125, 0);
        }
        return data.toArray();
    }

    private static Stream<HostileFile> promises() {
        byte[] empty = PsdPicture.section(MAX, new byte[0]);
        return Stream.of(
                of(
                        HUGE_PROMISE,
                        "dimensions",
                        "The header states 30,000 times 30,000 pixels, of which 64 are there.",
                        HEADER,
                        picture -> picture.size(30_000, 30_000)),
                of(
                        HUGE_PROMISE,
                        "overflow",
                        "The header states 65,536 times 65,537 pixels, a number that overflows 32 bits.",
                        "CWE-190, " + HEADER,
                        picture -> picture.size(1 << 16, (1 << 16) + 1)),
                of(
                        HUGE_PROMISE,
                        "colours",
                        "The colours state 4,294,967,295 bytes.",
                        "Color Mode Data Section,",
                        picture -> picture.colours(empty)),
                of(
                        HUGE_PROMISE,
                        "resources",
                        "The resources state 4,294,967,295 bytes.",
                        RESOURCE,
                        picture -> picture.resources(empty)),
                of(HUGE_PROMISE, "resource", "A resource states 4,294,967,295 bytes.", RESOURCE, picture ->
                        picture.resources(PsdPicture.section(new Bytes()
                                .text("8BIM")
                                .big(2, CAPTION)
                                .raw(0, 0)
                                .raw(empty)
                                .toArray()))),
                of(
                        HUGE_PROMISE,
                        "layers",
                        "The layers state 4,294,967,295 bytes.",
                        LAYERS,
                        picture -> picture.layers(empty)),
                of(HUGE_PROMISE, "layer-count", "There are 32,767 layers, of which none is there.", LAYERS, picture ->
                        picture.layers(layers(0x7fff, new byte[0]))),
                of(
                        HUGE_PROMISE,
                        "layer-size",
                        "A layer is 2,147,483,647 times 2,147,483,647 pixels.",
                        LAYERS,
                        picture -> picture.layers(layers(1, layer(0, 0x7fff_ffffL)))));
    }

    private static byte[] layers(int count, byte[] records) {
        byte[] content = new Bytes().big(2, count).raw(records).padTo(2).toArray();
        return PsdPicture.section(PsdPicture.section(content));
    }

    /** A record of a layer with the same place for left and top, and for right and bottom. */
    private static byte[] layer(long from, long to) {
        return new Bytes()
                .big(4, from)
                .big(4, from)
                .big(4, to)
                .big(4, to)
                .big(2, 1)
                .big(2, 0)
                .big(4, 2)
                .text("8BIMnorm")
                .raw(255, 0, 0, 0)
                .raw(PsdPicture.section(new byte[12]))
                .big(2, 0)
                .toArray();
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                of(WRONG_SIZE, "no-width", "The width is 0.", HEADER, picture -> picture.size(0, SIDE)),
                of(WRONG_SIZE, "no-height", "The height is 0.", HEADER, picture -> picture.size(SIDE, 0)),
                of(
                        WRONG_SIZE,
                        "negative-height",
                        "The height is negative where numbers have a sign: FFFFFFF8.",
                        HEADER,
                        picture -> picture.size(SIDE, -SIDE)),
                of(
                        WRONG_SIZE,
                        "missing-rows",
                        "The rows end after 4 of 8.",
                        DATA,
                        picture -> picture.data(0, PsdPicture.rows(SIDE / 2))),
                of(
                        WRONG_SIZE,
                        "packed-row",
                        "The first packed row states 65,535 bytes, more than there are.",
                        DATA,
                        picture -> picture.data(
                                PsdPicture.PACKED,
                                new Bytes().big(2, 0xffff).zeros(14).zeros(8).toArray())),
                of(
                        WRONG_SIZE,
                        "run",
                        "Packed runs lead over the ends of their rows.",
                        DATA,
                        picture -> picture.data(PsdPicture.PACKED, runs())),
                of(WRONG_SIZE, "layer-count", "There are -32,768 layers, a number that has no positive one.", LAYERS,
                        picture -> picture.layers(layers(0x8000, new byte[0]))),
                of(
                        WRONG_SIZE,
                        "layer-size",
                        "The right side of a layer is left of its left side.",
                        LAYERS,
                        picture -> picture.layers(layers(1, layer(1_000, 0)))));
    }

    private static byte[] runs() {
        Bytes data = new Bytes();
        for (int row = 0; row < SIDE; row++) {
            data.big(2, 2);
        }
        for (int row = 0; row < SIDE; row++) {
            data.raw(257 - 128, row);
        }
        return data.toArray();
    }

    private static HostileFile header(String variant, String description, UnaryOperator<PsdPicture> change) {
        return of(MALFORMED, variant, description, HEADER, change);
    }

    private static Stream<HostileFile> headers() {
        return Stream.of(
                header("version", "The version is 3, of 1 or 2.", picture -> picture.start("8BPS\0\3\0\0\0\0\0\0")),
                header("reserved", "What is reserved is not 0.", picture -> picture.start("8BPS\0\1abcdef")),
                header("no-channels", "There are 0 channels.", picture -> picture.channels(0)),
                header("channels", "There are 65,535 channels, of 56 at most.", picture -> picture.channels(0xffff)),
                header("depth", "A channel has 3 bits, which it cannot have.", picture -> picture.depth(3)),
                header("mode", "The mode of colours is 99, which is not a valid mode.", picture -> picture.mode(99)),
                header(
                        "no-palette",
                        "The colours are indexes into a palette that is missing.",
                        picture -> picture.mode(PsdPicture.INDEXED)),
                of(
                        MALFORMED,
                        "compression",
                        "The compression is 9, which is not a valid method.",
                        DATA,
                        picture -> picture.data(9, PsdPicture.rows(SIDE))));
    }

    private static HostileFile resource(Attack attack, String variant, String description, int number, String text) {
        return of(attack, variant, description, RESOURCE, picture -> picture.resources(
                PsdPicture.section(PsdPicture.resource(number, Bytes.latin1(text)))));
    }

    private static HostileFile caption(Attack attack, String variant, String description, String text) {
        return resource(attack, variant, description, CAPTION, text);
    }

    private static Stream<HostileFile> texts() {
        return PictureKind.texts("A resource", "is", PsdFiles::caption);
    }

    private static Stream<HostileFile> passengers() {
        return Stream.of(
                resource(
                        EXTERNAL_REFERENCE,
                        "xmp-entity-file",
                        "In the metadata, an entity is the file /etc/passwd.",
                        XMP,
                        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"));
    }

    private static Stream<HostileFile> cuts() {
        int sections = PsdPicture.HEADER_BYTES;
        int data = sections + 3 * 4;
        return PSD.cuts(
                HEADER,
                new Cut("in-signature", "The file ends within the signature.", 3),
                new Cut("in-header", "The file ends within the header.", 16),
                new Cut("after-header", "The file ends after the header.", sections),
                new Cut("in-sections", "The file ends within the length of a section.", sections + 6),
                new Cut("after-sections", "The file ends before the data.", data),
                new Cut("after-compression", "The file ends after the method of compression.", data + 2),
                new Cut("in-rows", "The file ends within the rows.", data + 2 + 20));
    }
}
