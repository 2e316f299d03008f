package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.OVERLAP;
import static org.junitsandbox.corpus.TiffPicture.BITS;
import static org.junitsandbox.corpus.TiffPicture.COMPRESSION;
import static org.junitsandbox.corpus.TiffPicture.DESCRIPTION;
import static org.junitsandbox.corpus.TiffPicture.DIRECTORY;
import static org.junitsandbox.corpus.TiffPicture.HEADER_BYTES;
import static org.junitsandbox.corpus.TiffPicture.LONG;
import static org.junitsandbox.corpus.TiffPicture.ROWS;
import static org.junitsandbox.corpus.TiffPicture.STRIPS;
import static org.junitsandbox.corpus.TiffPicture.STRIP_BYTES;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** TIFF pictures that are too much, lead back to themselves, are something else too, or are not all there. */
final class TiffFiles {

    private static final PictureKind TIFF = new PictureKind(Format.TIFF, "TIFF 6.0", TiffPicture::small);
    private static final int BOMB_SIDE = 20_000;

    /** The height of a strip, in pixels; all strips share the same bytes. */
    private static final int STRIP = 8;

    private static final int SHARING = 8192;
    private static final int PAGES = 2_000;
    private static final int FIRST_PRIVATE = 0x8000;

    private TiffFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(loads(), loops(), texts(), TIFF.followed(), TIFF.disguises(), cuts())
                .flatMap(all -> all);
    }

    static HostileFile.Builder begin(
            Attack attack, String variant, String description, String section, UnaryOperator<TiffPicture> change) {
        return TIFF.begin(attack, variant, description, section, () -> change.apply(TiffPicture.picture())
                .toArray());
    }

    static HostileFile of(
            Attack attack, String variant, String description, String section, UnaryOperator<TiffPicture> change) {
        return begin(attack, variant, description, section, change).build();
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                begin(
                                BOMB,
                                "pixels",
                                "20,000 times 20,000 black pixels of 1 bit: 1.6 GB as RGBA, in 49 kB.",
                                "CVE-2022-1056, section 8,",
                                TiffFiles::black)
                        .expandsTo(4L * BOMB_SIDE * BOMB_SIDE, 1, 1)
                        .build(),
                begin(
                                OVERLAP,
                                "strips",
                                "8,192 strips are the same 64 kB: 2.1 GB as RGBA.",
                                "section 8,",
                                TiffFiles::sharedStrips)
                        .expandsTo(4L * SHARING * SHARING * STRIP, SHARING, 1)
                        .build(),
                begin(
                                MANY_ENTRIES,
                                "pages",
                                "2,000 pages, which share their pixels.",
                                "section 2,",
                                picture -> picture.pages(PAGES))
                        .expandsTo(4L * 64 * PAGES, PAGES, 1)
                        .build(),
                begin(MANY_ENTRIES, "tags", "32,768 tags that nobody knows.", "section 2,", picture -> {
                            for (int tag = FIRST_PRIVATE; tag < 2 * FIRST_PRIVATE; tag++) {
                                picture.tag(tag, 1);
                            }
                            return picture;
                        })
                        .expandsTo(4 * 64, FIRST_PRIVATE, 1)
                        .build());
    }

    private static TiffPicture black(TiffPicture picture) {
        byte[] packed = PngPicture.zeros((long) BOMB_SIDE * BOMB_SIDE / 8);
        return picture.size(BOMB_SIDE, BOMB_SIDE)
                .tag(BITS, 1)
                .tag(COMPRESSION, 8)
                .tag(ROWS, BOMB_SIDE)
                .content(STRIPS, LONG, 1, packed)
                .tag(STRIP_BYTES, LONG, 1, packed.length);
    }

    private static TiffPicture sharedStrips(TiffPicture picture) {
        long place = picture.directory();
        Bytes places = new Bytes();
        Bytes sizes = new Bytes();
        for (int i = 0; i < SHARING; i++) {
            places.little(4, place);
            sizes.little(4, SHARING * STRIP);
        }
        return picture.size(SHARING, (long) SHARING * STRIP)
                .content(STRIPS, LONG, 1, new byte[SHARING * STRIP])
                .content(STRIPS, LONG, SHARING, places.toArray())
                .content(STRIP_BYTES, LONG, SHARING, sizes.toArray());
    }

    private static Stream<HostileFile> loops() {
        return Stream.of(
                of(
                        LOOP,
                        "directory",
                        "The page behind the first one is the first one.",
                        "section 2,",
                        picture -> picture.next(DIRECTORY)),
                of(
                        LOOP,
                        "two-directories",
                        "The page behind the second one is the first one.",
                        "section 2,",
                        picture -> picture.pages(2).next(DIRECTORY)),
                of(
                        LOOP,
                        "sub-directory",
                        "A directory is a part of itself.",
                        "TIFF Tech Note 1,",
                        picture -> picture.tag(330, LONG, 1, DIRECTORY)),
                of(
                        LOOP,
                        "exif",
                        "The directory is also its own directory for Exif.",
                        "Exif 2.3 section 4.6.3,",
                        picture -> picture.tag(34_665, LONG, 1, DIRECTORY)));
    }

    private static HostileFile text(Attack attack, String variant, String description, String text) {
        return of(attack, variant, description, "section 8,", picture -> picture.text(DESCRIPTION, text));
    }

    private static Stream<HostileFile> texts() {
        return PictureKind.texts("The description", "is", TiffFiles::text);
    }

    private static Stream<HostileFile> cuts() {
        return TIFF.cuts(
                "section 2,",
                new Cut("in-header", "The file ends within the header.", 6),
                new Cut("after-header", "The file ends after the header.", HEADER_BYTES),
                new Cut("in-data", "The file ends within the data.", HEADER_BYTES + 20),
                new Cut("after-data", "The file ends before the directory.", DIRECTORY),
                new Cut("in-tag", "The file ends within a tag.", DIRECTORY + 2 + 5 * 12 + 6),
                new Cut(
                        "after-tags",
                        "The file ends before the place of the next directory.",
                        DIRECTORY + 2 + 12 * TiffPicture.TAGS));
    }
}
