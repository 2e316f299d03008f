package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.COMPLEXITY;
import static org.junitsandbox.corpus.Attack.CONCATENATED;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.LONG_NAME;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.MANY_ENTRIES;
import static org.junitsandbox.corpus.Attack.NESTING;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_CHECKSUM;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Certificates with lengths that are not true, and numbers that take long. */
final class CertificateFiles {

    private static final byte[] TWIN = new Certificate().toArray();
    private static final String PEM = Certificate.pem(TWIN);
    private static final Family CERTIFICATE = Family.of(Format.CERTIFICATE, PEM);
    private static final int ALTERNATIVE_NAMES = 17;

    private CertificateFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(lengths(), numbers(), loads(), errors(), ends()).flatMap(all -> all);
    }

    static HostileFile of(
            Attack attack, String variant, String description, String reference, Supplier<byte[]> maker) {
        Supplier<byte[]> pem = () -> Bytes.utf8(Certificate.pem(maker.get()));
        return CERTIFICATE.file(attack, variant, description, reference, Content.of(pem));
    }

    private static byte[] withLength(int... length) {
        return new Bytes()
                .raw(Der.SEQUENCE)
                .raw(length)
                .raw(Arrays.copyOfRange(TWIN, 4, TWIN.length))
                .toArray();
    }

    private static Stream<HostileFile> lengths() {
        String section = "X.690 section 8.1.3";
        int size = TWIN.length - 4;
        return Stream.of(
                of(HUGE_PROMISE, "length", "A sequence states 4 GiB.", section, () -> withLength(
                        0x84, 0xff, 0xff, 0xff, 0xff)),
                of(HUGE_PROMISE, "wide-length", "A sequence states 8 EiB.", section, () -> withLength(
                        0x88, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)),
                of(
                        HUGE_PROMISE,
                        "length-of-length",
                        "A length states that it has 127 bytes itself.",
                        section,
                        () -> withLength(
                                0xff)),
                of(WRONG_SIZE, "length-long", "A sequence is longer than the file.", section, () -> withLength(
                        0x82, (size + 9) >> 8, size + 9)),
                of(WRONG_SIZE, "length-short", "A sequence is shorter than what it holds.", section, () -> withLength(
                        0x82, (size - 9) >> 8, size - 9)),
                of(
                        MALFORMED,
                        "length-indefinite",
                        "A length is left open, which DER forbids.",
                        "X.690 section 10.1",
                        () -> new Bytes()
                                .raw(withLength(0x80))
                                .zeros(2)
                                .toArray()),
                of(
                        MALFORMED,
                        "length-not-minimal",
                        "A length has zeros before it, which DER forbids.",
                        "X.690 section 10.1",
                        () -> withLength(
                                0x84, 0, 0, size >> 8, size)));
    }

    private static HostileFile key(
            Attack attack,
            String variant,
            String description,
            String reference,
            BigInteger modulus,
            BigInteger exponent) {
        return of(attack, variant, description, reference, () -> new Certificate()
                .key(Certificate.rsaKey(Der.integer(modulus), Der.integer(exponent)))
                .toArray());
    }

    private static Stream<HostileFile> numbers() {
        String section = "RFC 8017 section 3.1";
        BigInteger million = BigInteger.ONE.shiftLeft(1_000_000).subtract(BigInteger.ONE);
        BigInteger large = BigInteger.ONE.shiftLeft(16_384).subtract(BigInteger.ONE);
        return Stream.of(
                of(
                        LOOP,
                        "curve",
                        "A key on a curve of its own, whose field has no prime number: a search for a root never ends.",
                        "CVE-2022-0778, RFC 3279 section 2.3.5",
                        () -> new Certificate().key(curveKey()).toArray()),
                key(
                        COMPLEXITY,
                        "modulus",
                        "A key with a modulus of a million bits.",
                        "CVE-2006-2940, " + section,
                        million,
                        Certificate.EXPONENT),
                key(
                        COMPLEXITY,
                        "exponent",
                        "A key whose modulus and exponent have 16,384 bits.",
                        "CVE-2006-2940, " + section,
                        large,
                        large.subtract(BigInteger.TWO)),
                key(
                        MALFORMED,
                        "modulus-zero",
                        "A key with the modulus 0.",
                        section,
                        BigInteger.ZERO,
                        Certificate.EXPONENT),
                key(
                        MALFORMED,
                        "modulus-negative",
                        "A key with a negative modulus.",
                        section,
                        Certificate.MODULUS.negate(),
                        Certificate.EXPONENT),
                key(MALFORMED, "exponent-one", "A key with the exponent 1: each signature is its text.", section,
                        Certificate.MODULUS, BigInteger.ONE),
                key(MALFORMED, "exponent-even", "A key with an even exponent.", section, Certificate.MODULUS,
                        BigInteger.valueOf(65_536)));
    }

    /** With a curve of its own, over 17 times 41 numbers, and a point on it whose y is a root to be found. */
    private static byte[] curveKey() {
        byte[] curve = Der.sequence(
                Der.integer(1),
                Der.sequence(Der.identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 1, 1), Der.integer(697)),
                Der.sequence(Der.of(Der.OCTETS, new byte[] {0}), Der.of(Der.OCTETS, new byte[] {2, (byte) 0xb8})),
                Der.of(Der.OCTETS, new byte[] {2, 0, 0}),
                Der.integer(7));
        byte[] kind = Der.sequence(Der.identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1), curve);
        return Der.sequence(kind, Der.bits(new byte[] {2, 0, 0}));
    }

    private static byte[] many(int count, byte[] part) {
        Bytes out = new Bytes();
        for (int i = 0; i < count; i++) {
            out.raw(part);
        }
        return out.toArray();
    }

    private static Stream<HostileFile> loads() {
        byte[] identifier = new byte[100_000];
        Arrays.fill(identifier, (byte) 0xff);
        identifier[identifier.length - 1] = 1;
        return Stream.of(
                of(NESTING, "sequences", "10,000 sequences within each other.", "CVE-2018-0739", () -> new Certificate()
                        .extensions(Certificate.extension(99, nested()))
                        .toArray()),
                of(
                        MANY_ENTRIES,
                        "names",
                        "6,000 alternative names.",
                        "RFC 5280 section 4.2.1.6",
                        () -> new Certificate()
                                .extensions(alternatives(many(6_000, Der.of(0x82, Bytes.utf8("a.example")))))
                                .toArray()),
                of(MANY_ENTRIES, "extensions", "6,000 extensions.", "RFC 5280 section 4.2", () -> new Certificate()
                        .extensions(many(6_000, Certificate.extension(99, Der.nothing())))
                        .toArray()),
                of(
                        COMPLEXITY,
                        "identifier",
                        "An identifier with a number of 700,000 bits.",
                        "CVE-2023-2650",
                        () -> new Certificate()
                                .subject(Der.sequence(Der.of(
                                        Der.SET, Der.sequence(Der.of(Der.IDENTIFIER, identifier), Der.text("a")))))
                                .toArray()),
                of(
                        LONG_NAME,
                        "common-name",
                        "A name of 100,000 characters.",
                        "RFC 5280 appendix A.1",
                        () -> new Certificate()
                                .subject(Certificate.name(Der.text("a".repeat(100_000))))
                                .toArray()));
    }

    /** From the innermost one outwards, which stands last. */
    private static byte[] nested() {
        byte[] reversed = new byte[60_000];
        int size = 0;
        for (int layer = 0; layer < 10_000; layer++) {
            int inner = size;
            for (int left = inner; left > 0 && inner >= 0x80; left >>= 8) {
                reversed[size++] = (byte) left;
            }
            reversed[size] = (byte) (inner < 0x80 ? inner : 0x80 | size - inner);
            reversed[size + 1] = Der.SEQUENCE;
            size += 2;
        }
        byte[] whole = new byte[size];
        for (int i = 0; i < size; i++) {
            whole[i] = reversed[size - 1 - i];
        }
        return whole;
    }

    static byte[] alternatives(byte[]... names) {
        return Certificate.extension(ALTERNATIVE_NAMES, Der.sequence(names));
    }

    private static HostileFile malformed(String variant, String description, String section, Certificate certificate) {
        return of(MALFORMED, variant, description, "RFC 5280 section " + section, certificate::toArray);
    }

    private static Stream<HostileFile> errors() {
        return Stream.of(
                malformed(
                        "version",
                        "The version has the number 99.",
                        "4.1.2.1",
                        new Certificate().version(Der.integer(99))),
                malformed("serial", "The serial number is a text.", "4.1.2.2", new Certificate().serial(Der.text("a"))),
                malformed("serial-empty", "The serial number has no bytes.", "4.1.2.2", new Certificate()
                        .serial(Der.of(Der.INTEGER))),
                malformed("date", "The certificate is valid from 99 February on.", "4.1.2.5", new Certificate()
                        .validity(Certificate.validity("700299000000Z", "491231235959Z"))),
                malformed("further-field", "A field follows the last one.", "4.1", new Certificate()
                        .further(Der.integer(7))),
                of(WRONG_CHECKSUM, "signature", "The signature is not that of the content.", "RFC 5280 section 4.1.1.3",
                        () -> new Certificate().signedWrongly()));
    }

    private static Stream<HostileFile> ends() {
        String section = "RFC 7468 section 2";
        return Stream.of(
                CERTIFICATE.file(EMPTY, "no-bytes", "The file has no bytes.", section, ""),
                of(EMPTY, "no-content", "There is nothing between the lines.", section, () -> new byte[0]),
                CERTIFICATE.file(CONCATENATED, "two", "A second certificate follows.", section, PEM
                        + Certificate.pem(new Certificate().serial(Der.integer(2)).toArray())),
                CERTIFICATE.file(CONCATENATED, "text", "A text follows.", section, PEM + Samples.OTHER_TEXT),
                CERTIFICATE.file(
                        MALFORMED,
                        "base64",
                        "A character is not one of base64.",
                        section,
                        PEM.replaceFirst("A", "*")),
                cut("in-content", "The file ends within the content.", PEM.length() / 2),
                cut("before-end", "The file ends before the last line.", PEM.indexOf("-----END")));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return CERTIFICATE.file(TRUNCATED, variant, description, "RFC 7468 section 2", PEM.substring(0, length));
    }
}
