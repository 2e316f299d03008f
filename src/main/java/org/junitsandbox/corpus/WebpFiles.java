package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.TiffPicture.HEADER_BYTES;
import static org.junitsandbox.corpus.TiffPicture.LONG;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** WebP pictures that are too much, something else too, or not all there, and their metadata. */
final class WebpFiles {

    private static final PictureKind WEBP = new PictureKind(Format.WEBP, "WebP (RFC 9649)", WebpPicture::small);
    private static final int SIDE = PictureKind.SIDE;

    /** The largest picture that a chunk can hold. */
    private static final int MAX_SIDE = 1 << 14;

    private static final int FRAMES = 2_000;
    private static final int CHUNKS = 10_000;
    private static final String CHUNK = "section 2.3,";

    private WebpFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(loads(), metadata(), texts(), passengers(), WEBP.followed(), WEBP.disguises(), cuts())
                .flatMap(all -> all);
    }

    static HostileFile.Builder begin(
            Attack attack, String variant, String description, String section, UnaryOperator<WebpPicture> chunks) {
        return WEBP.begin(attack, variant, description, section, () -> chunks.apply(new WebpPicture())
                .toArray());
    }

    static HostileFile of(
            Attack attack, String variant, String description, String section, UnaryOperator<WebpPicture> chunks) {
        return begin(attack, variant, description, section, chunks).build();
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                begin(
                                BOMB,
                                "pixels",
                                "16,384 times 16,384 grey pixels: 1 GiB as RGBA, in 32 bytes.",
                                "section 3.4,",
                                picture -> picture.chunk(
                                        WebpPicture.LOSSLESS, WebpPicture.pixels(MAX_SIDE, MAX_SIDE)))
                        .expandsTo(4L * MAX_SIDE * MAX_SIDE, 1, 1)
                        .build(),
                begin(
                                BOMB,
                                "frames",
                                "1,000 frames of a pixel on a canvas of 16,384 times 16,384: 1 TiB as pictures.",
                                "section 2.7.1.1,",
                                picture -> frames(picture, MAX_SIDE, 1_000))
                        .expandsTo(4L * MAX_SIDE * MAX_SIDE * 1_000, 1_000, 1)
                        .build(),
                begin(
                                MANY_ENTRIES,
                                "frames",
                                "2,000 frames of one pixel.",
                                "section 2.7.1.1,",
                                picture -> frames(picture, SIDE, FRAMES))
                        .expandsTo(4L * SIDE * SIDE * FRAMES, FRAMES, 1)
                        .build(),
                begin(MANY_ENTRIES, "chunks", "10,000 chunks that nobody knows.", "section 2.7.1.6,", picture -> {
                            picture.canvas(0, SIDE, SIDE).picture();
                            for (int i = 0; i < CHUNKS; i++) {
                                picture.chunk("none", new byte[0]);
                            }
                            return picture;
                        })
                        .expandsTo(4L * SIDE * SIDE, CHUNKS, 1)
                        .build());
    }

    private static WebpPicture frames(WebpPicture picture, int side, int count) {
        picture.canvas(WebpPicture.ANIMATED, side, side).animation();
        for (int i = 0; i < count; i++) {
            picture.frame(0, 0, 1, 1);
        }
        return picture;
    }

    private static HostileFile.Builder xmp(Attack attack, String variant, String description, String declarations) {
        String packet = "<!DOCTYPE x [" + declarations + "]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&e9;</x:xmpmeta>";
        return begin(attack, "xmp-" + variant, description, "section 2.7.1.5,", picture -> picture.canvas(
                        WebpPicture.XMP, SIDE, SIDE)
                .picture()
                .chunk("XMP ", Bytes.utf8(packet)));
    }

    private static Stream<HostileFile> metadata() {
        byte[] loop = TiffPicture.metadata()
                .tag(34_665, LONG, 1, HEADER_BYTES)
                .next(HEADER_BYTES)
                .toArray();
        return Stream.of(
                of(
                        LOOP,
                        "exif",
                        "In the metadata, a directory is a part of itself, and the one behind itself.",
                        "section 2.7.1.5,",
                        picture -> picture.canvas(WebpPicture.EXIF, SIDE, SIDE)
                                .picture()
                                .chunk("EXIF", loop)),
                xmp(
                                EXTERNAL_REFERENCE,
                                "entity-file",
                                "In the metadata, an entity is the file /etc/passwd.",
                                "<!ENTITY e9 SYSTEM 'file:///etc/passwd'>")
                        .build(),
                xmp(
                                BOMB,
                                "entities",
                                "In the metadata, nine layers of entities, each ten times the one below.",
                                XmlEntities.layers())
                        .expandsTo(1_000_000_000, 1, 9)
                        .build());
    }

    private static HostileFile unknown(Attack attack, String variant, String description, String text) {
        return of(attack, variant, description, "section 2.7.1.6,", picture -> picture.canvas(0, SIDE, SIDE)
                .picture()
                .chunk("note", Bytes.latin1(text)));
    }

    private static Stream<HostileFile> texts() {
        return PictureKind.texts("A chunk", "holds", WebpFiles::unknown);
    }

    private static Stream<HostileFile> passengers() {
        return Stream.of(
                of(
                        CONCATENATED,
                        "two-pictures",
                        "A second picture follows behind the first one, in the same file.",
                        CHUNK,
                        picture -> picture.picture().picture()));
    }

    private static Stream<HostileFile> cuts() {
        int data = WebpPicture.HEADER_BYTES + WebpPicture.CHUNK_HEADER_BYTES;
        return WEBP.cuts(
                CHUNK,
                new Cut("in-signature", "The file ends within the signature.", 3),
                new Cut("in-size", "The file ends within its size.", 6),
                new Cut("after-header", "The file ends after its header.", WebpPicture.HEADER_BYTES),
                new Cut("in-chunk", "The file ends within the header of a chunk.", data - 2),
                new Cut("after-chunk", "The file ends after the header of a chunk.", data),
                new Cut("in-size-of-picture", "The file ends within the size of the picture.", data + 3),
                new Cut("in-codes", "The file ends within the codes.", data + 8));
    }
}
