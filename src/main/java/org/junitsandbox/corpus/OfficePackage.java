package org.junitsandbox.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Puts office documents together, which are parts in a zip archive: Office Open XML and OpenDocument. */
final class OfficePackage {

    static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static final String PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String OFFICE_TYPE = "application/vnd.openxmlformats-officedocument.";
    private static final String OPEN_TYPE = "application/vnd.oasis.opendocument.";
    private static final String OPEN = "urn:oasis:names:tc:opendocument:xmlns:";
    private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final String SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private final Map<String, ZipMember> parts = new LinkedHashMap<>();

    private OfficePackage() {}

    /** A text of Word. */
    static OfficePackage word(String body) {
        return openXml("word/document.xml", OFFICE_TYPE + "wordprocessingml.document.main+xml")
                .part("word/document.xml", wordDocument("", body));
    }

    static String wordDocument(String doctype, String body) {
        return doctype + "<w:document xmlns:w=\"" + WORD + "\" xmlns:r=\"" + RELATIONS + "\"><w:body>" + body
                + "</w:body></w:document>";
    }

    static String paragraph(String run) {
        return "<w:p><w:r>" + run + "</w:r></w:p>";
    }

    /** A workbook of Excel with a sheet. */
    static OfficePackage workbook(String sheet) {
        return openXml("xl/workbook.xml", OFFICE_TYPE + "spreadsheetml.sheet.main+xml")
                .part(
                        "xl/workbook.xml",
                        "<workbook xmlns=\"" + SHEET + "\" xmlns:r=\"" + RELATIONS
                                + "\"><sheets><sheet name=\"one\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>")
                .relations("xl/_rels/workbook.xml.rels", relation("r1", "worksheet", "worksheets/sheet1.xml", ""))
                .part("xl/worksheets/sheet1.xml", "<worksheet xmlns=\"" + SHEET + "\">" + sheet + "</worksheet>");
    }

    static String cells(String row) {
        return "<sheetData><row r=\"1\">" + row + "</row></sheetData>";
    }

    private static OfficePackage openXml(String main, String type) {
        return new OfficePackage()
                .part(
                        "[Content_Types].xml",
                        "<Types xmlns=\"" + TYPES + "\"><Default Extension=\"rels\" ContentType=\"application/"
                                + "vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\""
                                + " ContentType=\"application/xml\"/><Override PartName=\"/" + main
                                + "\" ContentType=\"" + type + "\"/></Types>")
                .relations("_rels/.rels", relation("r1", "officeDocument", main, ""));
    }

    /** A relation between parts; external if the mode says so. */
    static String relation(String id, String kind, String target, String mode) {
        return "<Relationship Id=\"" + id + "\" Type=\"" + RELATIONS + "/" + kind + "\" Target=\"" + target + "\""
                + mode + "/>";
    }

    static String external(String kind, String target) {
        return relation("r9", kind, target, " TargetMode=\"External\"");
    }

    OfficePackage relations(String name, String relations) {
        return part(name, "<Relationships xmlns=\"" + PACKAGE_RELATIONS + "\">" + relations + "</Relationships>");
    }

    /** A text ({@code text}) or a table ({@code spreadsheet}) of OpenDocument. */
    static OfficePackage open(String kind, String doctype, String body) {
        return open(kind, "/>").part("content.xml", openContent(kind, doctype, body));
    }

    /** Without the content, whose element of the manifest ends with a text. */
    private static OfficePackage open(String kind, String end) {
        String type = OPEN_TYPE + kind;
        return new OfficePackage()
                .raw("mimetype", Bytes.utf8(type))
                .part(
                        "META-INF/manifest.xml",
                        "<manifest:manifest xmlns:manifest=\"" + OPEN + "manifest:1.0\" manifest:version=\"1.3\">"
                                + "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"" + type
                                + "\"/><manifest:file-entry manifest:full-path=\"content.xml\""
                                + " manifest:media-type=\"text/xml\"" + end + "</manifest:manifest>");
    }

    /** A text of OpenDocument that needs a password. */
    static OfficePackage encrypted(String body) {
        OpenDocumentAes aes = new OpenDocumentAes(Bytes.utf8(HEAD + openContent("text", "", body)));
        return open("text", aes.manifest()).raw("content.xml", aes.content());
    }

    private static String openContent(String kind, String doctype, String body) {
        return doctype + "<office:document-content xmlns:office=\"" + OPEN
                + "office:1.0\" xmlns:text=\"" + OPEN + "text:1.0\" xmlns:table=\"" + OPEN
                + "table:1.0\" xmlns:draw=\"" + OPEN
                + "drawing:1.0\" xmlns:script=\"" + OPEN
                + "script:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><office:body><office:"
                + kind + ">" + body + "</office:" + kind + "></office:body></office:document-content>";
    }

    /** Instead of the one of this name that is there. */
    OfficePackage part(String name, String content) {
        return raw(name, Bytes.utf8(HEAD + content));
    }

    OfficePackage raw(String name, byte[] content) {
        return member(name, ZipMember.file(Bytes.utf8(name), content));
    }

    OfficePackage member(String name, ZipMember member) {
        parts.put(name, member);
        return this;
    }

    OfficePackage without(String name) {
        parts.remove(name);
        return this;
    }

    byte[] toArray() {
        return toArray(UnaryOperator.identity());
    }

    byte[] toArray(UnaryOperator<ZipArchive> change) {
        return change.apply(ZipArchive.with(parts.values().toArray(ZipMember[]::new)))
                .toArray();
    }
}
