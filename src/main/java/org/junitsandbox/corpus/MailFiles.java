package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LONG_NAME;
import static org.junitsandbox.corpus.Attack.SPOOFING;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.Attack.WRONG_TYPE;

import java.util.Base64;
import java.util.stream.Stream;

/** Mails (RFC 5322, MIME): names of attachments, headers that begin others, and parts within parts. */
final class MailFiles {

    private static final String END = "\r\n";
    private static final String FROM = "From: a@example.invalid\r\n";
    static final String HEAD = FROM + "To: b@example.invalid\r\nSubject: harmless\r\n"
            + "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\nMessage-ID: <1@example.invalid>\r\nMIME-Version: 1.0\r\n";
    static final String MIXED = "Content-Type: multipart/mixed; boundary=\"x\"\r\n";
    static final String TEXT = "Content-Type: text/plain; charset=us-ascii\r\n\r\nharmless\r\n";
    static final String TWIN = attaching("filename=\"notes.txt\"");
    static final Family MAIL = Family.of(Format.EML, TWIN);

    private MailFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(names(), headers(), spoofs()).flatMap(all -> all);
    }

    static String parts(String second) {
        return HEAD + MIXED + "\r\n--x\r\n" + TEXT + "--x\r\n" + second + "\r\n--x--\r\n";
    }

    static String attaching(String name) {
        return parts("Content-Type: text/plain\r\nContent-Disposition: attachment; " + name + "\r\n\r\nnotes");
    }

    static String packed(String type, String name, byte[] content) {
        return parts("Content-Type: " + type + "\r\nContent-Disposition: attachment; filename=\"" + name
                + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64(content));
    }

    static String base64(byte[] content) {
        return Base64.getMimeEncoder(76, Bytes.utf8(END)).encodeToString(content);
    }

    private static HostileFile name(String variant, String description, String reference, String name) {
        return MAIL.file(TRAVERSAL, variant, description, reference, attaching(name));
    }

    private static Stream<HostileFile> names() {
        String section = "RFC 2183 section 2.3";
        return Stream.of(
                name("parent", "An attachment is named ../escaped.txt.", section, "filename=\"../escaped.txt\""),
                name("absolute", "An attachment is named /tmp/escaped.txt.", section, "filename=\"/tmp/escaped.txt\""),
                name(
                        "backslash",
                        "An attachment's name leads upwards with backslashes.",
                        section,
                        "filename=\"..\\\\escaped.txt\""),
                name(
                        "encoded-word",
                        "An attachment's name leads upwards, in an encoded word.",
                        "RFC 2047 section 5",
                        "filename=\"=?utf-8?q?..=2Fescaped.txt?=\""),
                name(
                        "extended",
                        "An attachment's name leads upwards, with a slash in hexadecimal.",
                        "RFC 2231 section 4",
                        "filename*=utf-8''..%2Fescaped.txt"),
                name(
                        "continued",
                        "An attachment's name is in two pieces, and leads upwards when they are put together.",
                        "RFC 2231 section 3",
                        "filename*0=\"../esc\"; filename*1=\"aped.txt\""),
                MAIL.file(
                        LONG_NAME,
                        "attachment",
                        "An attachment's name has 100,000 characters.",
                        section,
                        attaching("filename=\"" + "n".repeat(100_000) + "\"")));
    }

    private static HostileFile header(
            Attack attack, String variant, String description, String reference, String from, String to) {
        return MAIL.file(attack, variant, description, reference, Content.of(Bytes.latin1(TWIN.replace(from, to))));
    }

    private static Stream<HostileFile> headers() {
        String subject = "Subject: harmless";
        return Stream.of(
                header(
                        INJECTION,
                        "encoded-line",
                        "The decoded subject has a line break, and begins another header.",
                        "CWE-93, RFC 2047 section 5",
                        subject,
                        "Subject: =?utf-8?q?a=0D=0ABcc:_c@example.invalid?="),
                header(
                        INJECTION,
                        "bare-return",
                        "A carriage return within a header begins another one for some programs.",
                        "CWE-93, RFC 5322 section 2.2",
                        subject,
                        "Subject: a\rBcc: c@example.invalid"),
                header(
                        INJECTION,
                        "name-line",
                        "The decoded name of an attachment has a line break and a header.",
                        "CWE-93, RFC 2231 section 4",
                        "filename=\"notes.txt\"",
                        "filename*=utf-8''a%0D%0ABcc:%20c@example.invalid"),
                header(
                        INJECTION,
                        "markup",
                        "The subject is the markup of a script.",
                        "CWE-79",
                        subject,
                        "Subject: <script>alert(1)</script>"),
                MAIL.file(
                        INJECTION,
                        "smuggled-mail",
                        "A line with a dot ends the mail for some servers, and another one follows.",
                        "CVE-2023-51764, RFC 5321 section 4.1.1.4",
                        TWIN.replace("notes\r\n", "notes\n.\r\nMAIL FROM:<admin@example.invalid>\r\n")),
                header(
                        LONG_NAME,
                        "header-value",
                        "A header has a line of 100,000 characters.",
                        "RFC 5322 section 2.1.1",
                        subject,
                        "Subject: " + "x".repeat(100_000)),
                header(
                        LONG_NAME,
                        "header-name",
                        "The name of a header has 100,000 characters.",
                        "RFC 5322 section 2.1.1",
                        subject,
                        "X".repeat(100_000) + ": a"),
                header(
                        ENCODING,
                        "header-bytes",
                        "A header has bytes that are no ASCII and no UTF-8.",
                        "RFC 6532 section 3.1",
                        subject,
                        "Subject: caf\u00e9"),
                header(
                        ENCODING,
                        "null",
                        "A header has the character 0.",
                        "RFC 5322 section 4.1",
                        subject,
                        "Subject: harm\0less"),
                header(
                        ENCODING,
                        "unknown",
                        "The text is in an encoding that nobody knows.",
                        "RFC 2045 section 5.1",
                        "us-ascii",
                        "x-unknown"),
                header(
                        ENCODING,
                        "utf-7",
                        "The text is in UTF-7, which hides markup.",
                        "RFC 2152",
                        "charset=us-ascii\r\n\r\nharmless",
                        "charset=utf-7\r\n\r\n+ADw-script+AD4-"));
    }

    private static Stream<HostileFile> spoofs() {
        String hidden = base64(Bytes.utf8("admin@bank.example\0"));
        return Stream.of(
                header(
                        SPOOFING,
                        "display-name",
                        "The sender's name is the address of another one.",
                        "CWE-451, RFC 5322 section 3.4",
                        "From: a@",
                        "From: \"admin@bank.example\" <a@example.invalid>\r\nReply-To: a@"),
                header(
                        SPOOFING,
                        "two-senders",
                        "The mail has two senders: a check may see the one and the user the other.",
                        "CWE-451, RFC 5322 section 3.6",
                        FROM,
                        FROM + "From: admin@bank.example\r\n"),
                header(
                        SPOOFING,
                        "null-sender",
                        "An encoded word in the sender ends with the character 0, which hides what follows.",
                        "CWE-451, RFC 2047 section 5",
                        "From: a@",
                        "From: =?utf-8?b?" + hidden + "?=@"),
                header(
                        WRONG_TYPE,
                        "attachment",
                        "An attachment with the name of a picture is a page with a script.",
                        "RFC 2045 section 5",
                        "filename=\"notes.txt\"\r\n\r\nnotes",
                        "filename=\"notes.png\"\r\n\r\n<html><script>alert(1)</script></html>"));
    }
}
