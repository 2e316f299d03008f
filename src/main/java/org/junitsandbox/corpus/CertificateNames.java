package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.AMBIGUITY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.SPOOFING;

import java.util.stream.Stream;

/** Certificates with names that are read differently, and with references. */
final class CertificateNames {

    private static final String REMOTE = "http://example.invalid/x";

    private CertificateNames() {}

    static Stream<HostileFile> files() {
        return Stream.concat(names(), references());
    }

    private static HostileFile named(Attack attack, String variant, String description, String reference, byte[] name) {
        return CertificateFiles.of(attack, variant, description, reference, () -> new Certificate()
                .subject(Der.sequence(name))
                .toArray());
    }

    private static HostileFile named(Attack attack, String variant, String description, String reference, String name) {
        return named(attack, variant, description, reference, Certificate.attribute(Der.text(name)));
    }

    private static Stream<HostileFile> names() {
        String section = "RFC 5280 section 4.1.2.6";
        byte[] two = new Bytes()
                .raw(Certificate.attribute(Der.text("harmless.example")))
                .raw(Certificate.attribute(Der.text("bank.example")))
                .toArray();
        return Stream.of(
                named(ENCODING, "null", "The character 0 within a name: some programs see only what is before it.",
                        "CVE-2009-2408", "bank.example\0.harmless.example"),
                CertificateFiles.of(
                        ENCODING,
                        "null-alternative",
                        "The character 0 within an alternative name.",
                        "CVE-2009-2408",
                        () -> new Certificate()
                                .extensions(
                                        CertificateFiles.alternatives(
                                                Der.of(0x82, Bytes.utf8("bank.example\0.harmless.example"))))
                                .toArray()),
                named(ENCODING, "not-utf-8", "A name that is not valid UTF-8.", "RFC 3629 section 3",
                        Certificate.attribute(Der.of(Der.UTF8, Bytes.latin1("caf\u00e9.example")))),
                named(SPOOFING, "homoglyph", "A letter of another script in a name.", "UTS 39", "b\u0430nk.example"),
                named(AMBIGUITY, "two-names", "A subject with two common names.", section, two),
                named(INJECTION, "markup", "A name is the markup of a script.", "CWE-79", "<script>alert(1)</script>"),
                named(
                        INJECTION,
                        "separator",
                        "A name looks like two attributes when it is written.",
                        "RFC 4514 section 2.4",
                        "a, CN=bank.example"),
                named(
                        INJECTION,
                        "line",
                        "A name has a line break and another line.",
                        "CWE-93",
                        "a\nsubject=CN = bank.example"),
                CertificateFiles.of(
                        AMBIGUITY,
                        "extension-twice",
                        "An extension is there twice, with different names.",
                        "RFC 5280 section 4.2",
                        () -> new Certificate()
                                .extensions(
                                        CertificateFiles.alternatives(Der.of(0x82, Bytes.utf8("harmless.example"))),
                                        CertificateFiles.alternatives(Der.of(0x82, Bytes.utf8("bank.example"))))
                                .toArray()));
    }

    private static Stream<HostileFile> references() {
        byte[] location = Der.of(0x86, Bytes.utf8(REMOTE));
        byte[] issuers = Der.sequence(
                Der.sequence(Der.identifier(0x2b, 6, 1, 5, 5, 7, 0x30, 2), location));
        byte[] access = Der.sequence(
                Der.identifier(0x2b, 6, 1, 5, 5, 7, 1, 1), Der.of(Der.OCTETS, issuers));
        return Stream.of(
                CertificateFiles.of(
                        EXTERNAL_REFERENCE,
                        "issuer",
                        "The issuer's certificate is at an address in the network.",
                        "CWE-918, RFC 5280 section 4.2.2.1", () -> new Certificate().extensions(access).toArray()),
                revoked("http", "The list of revoked ones is at an address in the network.", location),
                revoked("file", "The list of revoked ones is the file /etc/passwd.", Der.of(
                        0x86, Bytes.utf8("file:///etc/passwd"))));
    }

    private static HostileFile revoked(String variant, String description, byte[] location) {
        byte[] points = Der.sequence(Der.sequence(Der.of(0xa0, Der.of(0xa0, location))));
        return CertificateFiles.of(
                EXTERNAL_REFERENCE,
                "revoked-" + variant,
                description,
                "CWE-918, RFC 5280 section 4.2.1.13",
                () -> new Certificate()
                        .extensions(Certificate.extension(31, points))
                        .toArray());
    }
}
