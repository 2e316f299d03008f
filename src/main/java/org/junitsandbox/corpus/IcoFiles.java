package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.OVERLAP;
import static org.junitsandbox.corpus.Attack.POLYGLOT;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Icons: tables that lie about the pictures behind them, and pictures that are hostile themselves. */
final class IcoFiles {

    private static final PictureKind ICO = new PictureKind(Format.ICO, "MS-ICO ICONDIR", IcoPicture::small);
    private static final int SIDE = PictureKind.SIDE;
    private static final int SHARING = 1 << 14;
    private static final int SHARED_SIDE = 64;
    private static final int PICTURES = 1_500;
    private static final long MAX = 0xffff_ffffL;
    private static final String ENTRY = "ICONDIRENTRY,";
    private static final String BITMAP = "BITMAPINFOHEADER,";

    private IcoFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(
                        loads(),
                        tables(),
                        bitmaps(),
                        pngs(),
                        passengers(),
                        ICO.followed(),
                        ICO.disguises(),
                        cuts())
                .flatMap(all -> all);
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, Supplier<IcoPicture> content) {
        return ICO.of(attack, variant, description, section, () -> content.get().toArray());
    }

    private static byte[] plain() {
        return IcoPicture.bitmap(new BmpPicture());
    }

    private static Stream<HostileFile> loads() {
        return Stream.of(
                ICO.begin(
                                BOMB,
                                "png",
                                "The picture is a PNG of 20,000 times 20,000 pixels: 1.6 GB as RGBA.",
                                ENTRY,
                                () -> new IcoPicture(1)
                                        .picture(Corpus.file("png-bomb-pixels").bytes())
                                        .toArray())
                        .expandsTo(4L * 20_000 * 20_000, 1, 2)
                        .build(),
                ICO.begin(
                                OVERLAP,
                                "entries",
                                "16,384 entries are the same picture of 64 times 64 pixels: 268 MB as RGBA.",
                                ENTRY,
                                IcoFiles::shared)
                        .expandsTo(4L * SHARED_SIDE * SHARED_SIDE * SHARING, SHARING, 1)
                        .build(),
                ICO.begin(MANY_ENTRIES, "pictures", "There are 1,500 pictures.", ENTRY, () -> {
                            IcoPicture icon = new IcoPicture(PICTURES);
                            for (int i = 0; i < PICTURES; i++) {
                                icon.picture(plain());
                            }
                            return icon.toArray();
                        })
                        .expandsTo(4L * SIDE * SIDE * PICTURES, PICTURES, 1)
                        .build());
    }

    private static byte[] shared() {
        byte[] picture = new BmpPicture()
                .size(SHARED_SIDE, 2 * SHARED_SIDE)
                .data(new byte[SHARED_SIDE * SHARED_SIDE + SHARED_SIDE * SHARED_SIDE / 8])
                .withoutFileHeader();
        IcoPicture icon = new IcoPicture(SHARING);
        int place = icon.place();
        for (int i = 0; i < SHARING; i++) {
            icon.entry(SHARED_SIDE, picture.length, place);
        }
        return icon.content(picture).toArray();
    }

    private static HostileFile entry(
            Attack attack, String variant, String description, int side, long length, long place) {
        return of(attack, variant, description, ENTRY, () -> new IcoPicture(1)
                .entry(side, length, place)
                .content(plain()));
    }

    private static Stream<HostileFile> tables() {
        int place = IcoPicture.HEADER_BYTES + IcoPicture.ENTRY_BYTES;
        int length = plain().length;
        return Stream.of(
                of(HUGE_PROMISE, "count", "The header states 65,535 pictures, of which 1 is there.", "", () ->
                        new IcoPicture(1).count(0xffff).picture(plain())),
                entry(HUGE_PROMISE, "length", "An entry states 4,294,967,295 bytes.", SIDE, MAX, place),
                entry(WRONG_SIZE, "length", "An entry states 0 bytes.", SIDE, 0, place),
                entry(
                        WRONG_SIZE,
                        "outside",
                        "A picture is far behind the end of the file.",
                        SIDE,
                        length,
                        MAX - 0xff),
                entry(WRONG_SIZE, "in-header", "A picture is where the file begins.", SIDE, length, 0),
                entry(
                        WRONG_SIZE,
                        "side",
                        "An entry states 200 times 200 pixels, its picture 8 times 8.",
                        200,
                        length,
                        place),
                of(MALFORMED, "type", "The type is 7, neither an icon nor a pointer.", "", () -> new IcoPicture(1)
                        .type(7)
                        .picture(plain())),
                of(MALFORMED, "reserved", "What is reserved is not 0.", "", () -> new IcoPicture(1)
                        .reserved(1)
                        .picture(plain())),
                of(EMPTY, "no-pictures", "There are 0 pictures.", "", () -> new IcoPicture(0)));
    }

    private static HostileFile bitmap(
            Attack attack, String variant, String description, UnaryOperator<BmpPicture> change) {
        byte[] rows = new Bytes().raw(BmpPicture.rows(SIDE)).zeros(4 * SIDE).toArray();
        return of(attack, variant, description, BITMAP, () -> new IcoPicture(1)
                .picture(change.apply(new BmpPicture().size(SIDE, 2 * SIDE).data(rows))
                        .withoutFileHeader()));
    }

    private static Stream<HostileFile> bitmaps() {
        return Stream.of(
                bitmap(
                        HUGE_PROMISE,
                        "dimensions",
                        "The picture states 2,147,483,647 times 2,147,483,646 pixels.",
                        picture -> picture.size(0x7fff_ffffL, 0x7fff_fffeL)),
                bitmap(
                        HUGE_PROMISE,
                        "colours",
                        "The picture states 4,294,967,295 colours.",
                        picture -> picture.used(MAX)),
                bitmap(WRONG_SIZE, "no-width", "The width of the picture is 0.", picture -> picture.size(
                        0, 2 * SIDE)),
                bitmap(WRONG_SIZE, "no-height", "The height of the picture is 0.", picture -> picture.size(SIDE, 0)),
                bitmap(
                        WRONG_SIZE,
                        "smallest-height",
                        "The height is -2,147,483,648, which has no positive number.",
                        picture -> picture.size(SIDE, 0x8000_0000L)),
                bitmap(
                        WRONG_SIZE,
                        "no-mask",
                        "The picture has its height once, where the mask needs it twice.",
                        picture -> picture.size(SIDE, SIDE)),
                bitmap(WRONG_SIZE, "missing-rows", "The picture ends after 4 of 8 rows.", picture -> picture.data(
                        BmpPicture.rows(SIDE / 2))),
                bitmap(MALFORMED, "bits", "A pixel has 3 bits, which it cannot have.", picture -> picture.bits(3)),
                bitmap(
                        MALFORMED,
                        "header-size",
                        "The header of the picture states 0 bytes of its own.",
                        picture -> picture.headerBytes(0)));
    }

    private static HostileFile png(Attack attack, String variant, String description, String name) {
        return of(attack, variant, description, ENTRY, () -> new IcoPicture(1)
                .picture(Corpus.file(name).bytes()));
    }

    private static Stream<HostileFile> pngs() {
        return Stream.of(
                png(
                        HUGE_PROMISE,
                        "png-dimensions",
                        "The picture is a PNG that states 2,147,483,647 times 2,147,483,647 pixels.",
                        "png-huge-promise-dimensions"),
                png(WRONG_CHECKSUM, "png", "The picture is a PNG, and the CRC of its header is wrong.",
                        "png-wrong-checksum-header"),
                png(TRUNCATED, "png", "The picture is a PNG that ends within its data.", "png-truncated-in-data"));
    }

    private static Stream<HostileFile> passengers() {
        byte[] script = Bytes.latin1(PictureKind.PHP);
        return Stream.of(of(
                POLYGLOT,
                "php",
                "Between table and picture is a PHP script, which runs where the file is included.",
                ENTRY,
                () -> new IcoPicture(1).content(script).picture(plain())));
    }

    private static Stream<HostileFile> cuts() {
        int table = IcoPicture.HEADER_BYTES;
        int picture = table + IcoPicture.ENTRY_BYTES;
        return ICO.cuts(
                "",
                new Cut("in-header", "The file ends within its header.", 4),
                new Cut("after-header", "The file ends after its header.", table),
                new Cut("in-entry", "The file ends within the table.", table + 8),
                new Cut("after-entry", "The file ends after the table.", picture),
                new Cut("in-picture-header", "The file ends within the header of a picture.", picture + 20),
                new Cut("in-rows", "The file ends within the rows of a picture.", picture + 40 + 64 + 20),
                new Cut("in-mask", "The file ends within the mask of a picture.", picture + 40 + 64 + 70));
    }
}
