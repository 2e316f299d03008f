package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.Adler32;

/** PDF documents whose structures lead back to themselves, multiply and promise more than there is. */
final class PdfLoads {

    private static final String ISO = "ISO 32000-1 section ";
    private static final long LARGE = 128 << 20;
    private static final int MANY = 10_000;

    private PdfLoads() {}

    static Stream<HostileFile> files() {
        return Stream.of(loops(), bombs(), depths(), promises()).flatMap(all -> all);
    }

    private static HostileFile loop(String variant, String description, String section, Supplier<byte[]> maker) {
        return PdfFiles.PDF.file(LOOP, variant, description, ISO + section, Content.of(maker));
    }

    private static Stream<HostileFile> loops() {
        return Stream.of(
                loop("page-tree", "The root of the page tree is its own child.", "7.7.3.2", () -> new PdfDocument()
                        .object(1, "<< /Type /Catalog /Pages 2 0 R >>")
                        .object(2, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")
                        .end()),
                loop("parent", "A page inherits from itself.", "7.7.3.4", () -> new PdfDocument()
                        .object(1, "<< /Type /Catalog /Pages 2 0 R >>")
                        .object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
                        .object(3, "<< /Type /Page /Parent 3 0 R >>")
                        .end()),
                loop("references", "Two objects are references to each other.", "7.3.10", () -> PdfDocument.page(
                                " /Metadata 5 0 R", "")
                        .object(5, "6 0 R")
                        .object(6, "5 0 R")
                        .end()),
                loop("length", "The length of a stream is in the stream itself.", "7.3.8.2", () -> PdfDocument.page(
                                " /Metadata 5 0 R", "")
                        .stream(5, "", "5 0 R", Bytes.utf8("9"))
                        .end()),
                loop(
                        "previous-table",
                        "The cross-reference table is its own predecessor.",
                        "7.5.5",
                        () -> PdfDocument.page("", "").end(" /Prev " + PdfDocument.TABLE)),
                loop("outline", "An outline's entry is its own successor.", "12.3.3", () -> PdfDocument.page(
                                " /Outlines 5 0 R", "")
                        .object(5, "<< /Type /Outlines /First 6 0 R /Last 6 0 R /Count 1 >>")
                        .object(6, "<< /Title (again) /Parent 5 0 R /Next 6 0 R >>")
                        .end()),
                loop("form", "A form draws itself.", "8.10.1", () -> PdfDocument.page("", "")
                        .object(3, PdfDocument.pageOf(2, " /Contents 5 0 R /Resources << /XObject << /F 6 0 R >> >>")
                                .replace(" /Resources << >>", ""))
                        .stream(5, "", Bytes.utf8("/F Do\n"))
                        .stream(6, form(6), Bytes.utf8("/F Do\n"))
                        .end()));
    }

    private static String form(int drawn) {
        return " /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F " + drawn + " 0 R >> >>";
    }

    private static HostileFile.Builder load(
            Attack attack, String variant, String description, String section, Supplier<byte[]> maker) {
        return PdfFiles.PDF.begin(attack, variant, description, ISO + section).content(Content.of(maker));
    }

    private static byte[] content(String filters, byte[] data) {
        return PdfDocument.page("", "").stream(4, " /Filter " + filters, data).end();
    }

    private static Stream<HostileFile> bombs() {
        return Stream.of(
                load(
                                BOMB,
                                "flate",
                                "The page's content is 128 MiB of zeros, packed.",
                                "7.4.4",
                                () -> content("/FlateDecode", PngPicture.zeros(LARGE)))
                        .expandsTo(LARGE, 1, 1)
                        .build(),
                load(
                                BOMB,
                                "flate-chain",
                                "The page's content is 128 MiB of zeros, packed twice.",
                                "7.4.1",
                                () -> content("[/FlateDecode /FlateDecode]", again(PngPicture.zeros(LARGE))))
                        .expandsTo(LARGE, 1, 2)
                        .build(),
                load(
                                BOMB,
                                "content-repeated",
                                "The page's content is a stream of 100 kB, 10,000 times.",
                                "7.7.3.3",
                                () -> PdfDocument.page("", "")
                                        .object(3, PdfDocument.pageOf(2, " /Contents ["
                                                + "4 0 R ".repeat(10_000) + "]"))
                                        .stream(4, "", Bytes.utf8("q Q\n".repeat(25_000)))
                                        .end())
                        .expandsTo(1_000_000_000, 10_000, 1)
                        .build(),
                load(BOMB, "forms", "Nine layers of forms, each drawn ten times: a billion.", "8.10.1", PdfLoads::forms)
                        .expandsTo(0, 1_000_000_000, 9)
                        .build());
    }

    /** Packs what is packed already, of which most is zeros. */
    private static byte[] again(byte[] packed) {
        int from = 64;
        int to = packed.length - 64;
        Adler32 sum = new Adler32();
        sum.update(packed);
        Packed twice = new Deflate()
                .copy(Arrays.copyOf(packed, from))
                .run(0, to - from)
                .copy(Arrays.copyOfRange(packed, to, packed.length))
                .finish();
        return PngPicture.zlib(twice, sum.getValue());
    }

    private static byte[] forms() {
        PdfDocument document = PdfDocument.page("", "")
                .object(3, PdfDocument.pageOf(2, " /Contents 5 0 R /Resources << /XObject << /F 6 0 R >> >>")
                        .replace(" /Resources << >>", ""))
                .stream(5, "", Bytes.utf8("/F Do\n".repeat(10)));
        for (int layer = 6; layer < 14; layer++) {
            document.stream(layer, form(layer + 1), Bytes.utf8("/F Do\n".repeat(10)));
        }
        return document.stream(14, form(4).replaceFirst(" /Resources.*", ""), Bytes.utf8("0 0 9 9 re f\n"))
                .end();
    }

    private static Stream<HostileFile> depths() {
        return Stream.of(
                load(
                                NESTING,
                                "arrays",
                                "10,000 arrays within each other.",
                                "7.3.6",
                                () -> PdfDocument.page(" /Metadata 5 0 R", "")
                                        .object(5, "[".repeat(MANY) + "]".repeat(MANY))
                                        .end())
                        .expandsTo(0, MANY, MANY)
                        .build(),
                load(
                                NESTING,
                                "dictionaries",
                                "10,000 dictionaries within each other.",
                                "7.3.7",
                                () -> PdfDocument.page(" /Metadata 5 0 R", "")
                                        .object(5, "<</A ".repeat(MANY) + "0" + ">>".repeat(MANY))
                                        .end())
                        .expandsTo(0, MANY, MANY)
                        .build(),
                load(NESTING, "page-tree", "The page tree has 2,000 layers.", "7.7.3.2", PdfLoads::deepTree)
                        .expandsTo(0, 2_000, 2_000)
                        .build(),
                load(
                                MANY_ENTRIES,
                                "pages",
                                "The page tree has the same page 10,000 times.",
                                "7.7.3.2",
                                () -> PdfDocument.page("", "")
                                        .object(2, "<< /Type /Pages /Kids [" + "3 0 R ".repeat(MANY)
                                                + "] /Count " + MANY + " >>")
                                        .end())
                        .expandsTo(0, MANY, 1)
                        .build(),
                load(MANY_ENTRIES, "objects", "5,000 objects that nothing needs.", "7.3.10", PdfLoads::manyObjects)
                        .expandsTo(0, 5_000, 1)
                        .build());
    }

    private static byte[] deepTree() {
        PdfDocument document = new PdfDocument().object(1, "<< /Type /Catalog /Pages 2 0 R >>");
        int last = 2_001;
        for (int layer = 2; layer < last; layer++) {
            document.object(layer, "<< /Type /Pages /Kids [" + (layer + 1) + " 0 R] /Count 1 >>");
        }
        return document.object(last, PdfDocument.pageOf(last - 1, "")).end();
    }

    private static byte[] manyObjects() {
        PdfDocument document = PdfDocument.page("", "");
        for (int number = 5; number < 5_000; number++) {
            document.object(number, "0");
        }
        return document.end();
    }

    private static HostileFile promise(String variant, String description, String section, Supplier<byte[]> maker) {
        return load(HUGE_PROMISE, variant, description, section, maker).build();
    }

    private static Stream<HostileFile> promises() {
        String tree = "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>";
        String image = " /Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /ColorSpace /DeviceGray"
                + " /BitsPerComponent 8";
        return Stream.of(
                promise("pages", "The page tree states 2,147,483,647 pages.", "7.7.3.2", () -> PdfDocument.page("", "")
                        .object(2, tree)
                        .end()),
                promise("page-size", "A page of 2,000,000,000 points.", "7.7.3.3", () -> PdfDocument.page("", "")
                        .object(3, PdfDocument.pageOf(2, "").replace("200 200", "2000000000 2000000000"))
                        .end()),
                promise(
                        "table",
                        "The cross-reference table states 2,147,483,647 entries.",
                        "7.5.4",
                        () -> PdfDocument.page("", "")
                                .end(table -> table.replace("0 5\n", "0 2147483647\n"), "<< /Root 1 0 R /Size 5 >>")),
                promise("image", "An image of 2,000,000,000 pixels squared, in no bytes.", "8.9.5", () -> PdfDocument
                        .page("", "")
                        .object(3, PdfDocument.pageOf(2, " /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>")
                                .replace(" /Resources << >>", ""))
                        .stream(4, "", Bytes.utf8("/I Do\n"))
                        .stream(5, image, new byte[0])
                        .end()),
                promise("predictor", "Rows of 2,147,483,647 columns, in a few bytes.", "7.4.4.4", () -> content(
                        "/FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 >>", PngPicture.zeros(64))));
    }
}
