package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.DETECTION;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.MailFiles.HEAD;
import static org.junitsandbox.corpus.MailFiles.MAIL;
import static org.junitsandbox.corpus.MailFiles.MIXED;
import static org.junitsandbox.corpus.MailFiles.TEXT;
import static org.junitsandbox.corpus.MailFiles.TWIN;
import static org.junitsandbox.corpus.MailFiles.attaching;
import static org.junitsandbox.corpus.MailFiles.packed;

import java.util.stream.Stream;

/** Mails with parts that attack: programs, references, parts within parts, and boundaries that are not clear. */
final class MailParts {

    private MailParts() {}

    static Stream<HostileFile> files() {
        return Stream.of(contents(), loads(), readings(), ends()).flatMap(all -> all);
    }

    private static Stream<HostileFile> contents() {
        String html = "Content-Type: text/html\r\n\r\n";
        return Stream.of(
                MAIL.file(
                        ACTIVE_CONTENT,
                        "script",
                        "The text is a page with a script.",
                        "CWE-79, RFC 2854",
                        MailFiles.parts(html + "<script>alert(1)</script>")),
                MAIL.file(
                        EXTERNAL_REFERENCE,
                        "image",
                        "The text has a picture in the network, whose owner sees each reader.",
                        "CWE-918, RFC 2854",
                        MailFiles.parts(html + "<img src=\"http://example.invalid/x.png\">")),
                MAIL.file(
                        EXTERNAL_REFERENCE,
                        "body-file",
                        "The body is the file /etc/passwd of the reader.",
                        "RFC 2046 section 5.2.3.4",
                        MailFiles.parts("Content-Type: message/external-body; access-type=local-file;"
                                + " name=\"/etc/passwd\"\r\n\r\n"
                                + "Content-Type: text/plain\r\n\r\n")),
                MAIL.file(
                        EXTERNAL_REFERENCE,
                        "body-address",
                        "The body is at an address in the network.",
                        "RFC 2017 section 3",
                        MailFiles.parts("Content-Type: message/external-body; access-type=URL;"
                                + " URL=\"http://example.invalid/x\""
                                + "\r\n\r\nContent-Type: text/plain\r\n\r\n")),
                MAIL.file(
                        DETECTION,
                        "attachment",
                        "The EICAR test file is attached.",
                        "RFC 2045 section 6.8",
                        Content.of(() -> Bytes.utf8(packed("text/plain", "test.txt", Samples.eicarBytes())))),
                MAIL.begin(BOMB, "attachment", "A zip archive of 128 MiB of zeros is attached.", "RFC 2045 section 6.8")
                        .expandsTo(128 << 20, 1, 2)
                        .content(Content.of(() -> Bytes.utf8(packed("application/zip", "notes.zip", bomb()))))
                        .build());
    }

    private static byte[] bomb() {
        Packed zeros = new Deflate().run(0, 128 << 20).finish();
        return ZipArchive.with(ZipMember.packed("notes.txt", ZipMember.DEFLATED, zeros))
                .toArray();
    }

    private static Stream<HostileFile> loads() {
        String message = "Content-Type: message/rfc822\r\n\r\n";
        String part = "--x\r\n\r\n";
        return Stream.of(
                MAIL.begin(NESTING, "multiparts", "2,000 multiparts within each other.", "RFC 2046 section 5.1")
                        .expandsTo(0, 2_000, 2_000)
                        .content(Content.of(nested()))
                        .build(),
                MAIL.begin(NESTING, "messages", "5,000 mails within each other.", "RFC 2046 section 5.2.1")
                        .expandsTo(0, 5_000, 5_000)
                        .content(Content.of(HEAD + message.repeat(5_000) + TEXT))
                        .build(),
                MAIL.begin(
                        NESTING,
                        "comments",
                        "The sender has 10,000 comments within each other.",
                        "RFC 5322 section 3.2.2")
                        .expandsTo(0, 10_000, 10_000)
                        .content(Content.of(
                                TWIN.replace("From: ", "From: " + "(".repeat(10_000) + ")".repeat(10_000) + " ")))
                        .build(),
                MAIL.begin(MANY_ENTRIES, "parts", "5,000 parts without content.", "RFC 2046 section 5.1")
                        .expandsTo(0, 5_000, 1)
                        .content(Content.of(HEAD + MIXED + "\r\n" + part.repeat(5_000) + "--x--\r\n"))
                        .build(),
                MAIL.begin(MANY_ENTRIES, "headers", "5,000 headers.", "RFC 5322 section 3.6")
                        .expandsTo(0, 5_000, 1)
                        .content(
                                Content.of("Received: by a; Thu, 01 Jan 1970 00:00:00 +0000\r\n".repeat(5_000) + TWIN))
                        .build());
    }

    private static String nested() {
        StringBuilder mail = new StringBuilder(HEAD);
        for (int layer = 0; layer < 2_000; layer++) {
            mail.append("Content-Type: multipart/mixed; boundary=b" + layer + "\r\n\r\n--b" + layer + "\r\n");
        }
        return mail + TEXT;
    }

    private static Stream<HostileFile> readings() {
        String section = "RFC 2046 section 5.1.1";
        return Stream.of(
                MAIL.file(
                        AMBIGUITY,
                        "two-types",
                        "The mail has two types: a text and parts.",
                        "RFC 5322 section 3.6",
                        TWIN.replace(MIXED, "Content-Type: text/plain\r\n" + MIXED)),
                MAIL.file(
                        AMBIGUITY,
                        "two-boundaries",
                        "The type has two boundaries, and the parts differ.",
                        section,
                        TWIN.replace("boundary=\"x\"", "boundary=\"x\"; boundary=\"y\"")),
                MAIL.file(
                        AMBIGUITY,
                        "two-names",
                        "An attachment has two names with different endings.",
                        "RFC 2183 section 2",
                        attaching("filename=\"notes.txt\"; filename=\"notes.exe\"")),
                MAIL.file(
                        AMBIGUITY,
                        "base64-behind-end",
                        "More follows behind the end of base64, which only some programs decode.",
                        "RFC 2045 section 6.8",
                        packed("text/plain", "notes.txt", Bytes.utf8("ab")).replace("YWI=", "YWI=Y2Q=")),
                MAIL.file(
                        MALFORMED,
                        "no-boundary",
                        "The type has no boundary.",
                        section,
                        TWIN.replace("; boundary=\"x\"", "")),
                MAIL.file(
                        MALFORMED,
                        "empty-boundary",
                        "The boundary is empty.",
                        section,
                        TWIN.replace("\"x\"", "\"\"")),
                MAIL.file(
                        MALFORMED,
                        "boundary-unused",
                        "The boundary is nowhere in the mail.",
                        section,
                        TWIN.replace("boundary=\"x\"", "boundary=\"y\"")),
                MAIL.file(
                        MALFORMED,
                        "base64",
                        "An attachment is not valid base64.",
                        "RFC 2045 section 6.8",
                        packed("text/plain", "notes.txt", Bytes.utf8("ab")).replace("YWI=", "YW*I")));
    }

    private static Stream<HostileFile> ends() {
        String section = "RFC 2046 section 5.1.1";
        return Stream.of(
                MAIL.file(EMPTY, "no-bytes", "The file has no bytes.", section, ""),
                MAIL.file(EMPTY, "no-headers", "There are no headers.", "RFC 5322 section 3.6", "\r\nharmless\r\n"),
                cut("in-header", "The file ends within a header.", TWIN.indexOf("less")),
                cut("in-part", "The file ends within a part.", TWIN.indexOf("notes\r\n")),
                cut("before-end", "The file ends before the last boundary.", TWIN.indexOf("--x--")));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return MAIL.file(TRUNCATED, variant, description, "RFC 2046 section 5.1.1", TWIN.substring(0, length));
    }
}
