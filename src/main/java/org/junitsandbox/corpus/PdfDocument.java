package org.junitsandbox.corpus;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Writes PDF documents (ISO 32000-1) of objects with numbers from 1 on without a gap. */
final class PdfDocument {

    /** Stands for the offset of the cross-reference table. */
    static final String TABLE = "%TABLE%";

    private final String before;
    private final Map<Integer, byte[]> objects = new TreeMap<>();
    private final Bytes loose = new Bytes();

    PdfDocument() {
        this("");
    }

    /** With a text before the header. */
    PdfDocument(String before) {
        this.before = before;
    }

    /** A document with a page, whose objects have the numbers from 1 to 4. */
    static PdfDocument page(String catalog, String page) {
        return new PdfDocument().pages(catalog, page);
    }

    PdfDocument pages(String catalog, String page) {
        return object(1, "<< /Type /Catalog /Pages 2 0 R" + catalog + " >>")
                .object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
                .object(3, pageOf(2, " /Contents 4 0 R" + page))
                .stream(4, "", Bytes.utf8("0 0 100 100 re f\n"));
    }

    static String pageOf(int parent, String entries) {
        return "<< /Type /Page /Parent " + parent + " 0 R /MediaBox [0 0 200 200] /Resources << >>" + entries + " >>";
    }

    /** Instead of the one of this number that is there. */
    PdfDocument object(int number, String value) {
        return object(number, Bytes.latin1(value));
    }

    private PdfDocument object(int number, byte[] value) {
        objects.put(
                number,
                new Bytes()
                        .text(number + " 0 obj\n")
                        .raw(value)
                        .text("\nendobj\n")
                        .toArray());
        return this;
    }

    /**
     * @param entries of the stream's dictionary, besides the length
     */
    PdfDocument stream(int number, String entries, byte[] data) {
        return stream(number, entries, String.valueOf(data.length), data);
    }

    PdfDocument stream(int number, String entries, String length, byte[] data) {
        byte[] value = new Bytes()
                .raw(Bytes.latin1("<< /Length " + length + entries + " >>\nstream\n"))
                .raw(data)
                .text("\nendstream")
                .toArray();
        return object(number, value);
    }

    /** Behind the objects, where no table lists it. */
    PdfDocument text(String text) {
        loose.raw(Bytes.latin1(text));
        return this;
    }

    byte[] end() {
        return end("");
    }

    /** With further entries in the trailer. */
    byte[] end(String entries) {
        return end(UnaryOperator.identity(), "<< /Root 1 0 R /Size " + (objects.size() + 1) + entries + " >>");
    }

    /**
     * @param change of the cross-reference table
     * @param trailer the dictionary
     */
    byte[] end(UnaryOperator<String> change, String trailer) {
        Bytes out = new Bytes().text(before).text("%PDF-1.7\n%").raw(0xe2, 0xe3, 0xcf, 0xd3).text("\n");
        StringBuilder table = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        objects.values().forEach(object -> {
            table.append(entry(out.size()));
            out.raw(object);
        });
        int start = out.raw(loose.toArray()).size();
        return out.text(change.apply(table.toString()))
                .text("trailer\n" + trailer.replace(TABLE, String.valueOf(start)) + "\n")
                .text("startxref\n" + start + "\n%%EOF\n")
                .toArray();
    }

    static String entry(long offset) {
        String digits = "000000000" + offset;
        return digits.substring(digits.length() - 10) + " 00000 n \n";
    }
}
