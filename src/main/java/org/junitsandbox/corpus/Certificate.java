package org.junitsandbox.corpus;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** A certificate (RFC 5280) that a key of its own has signed. Each of its fields can be replaced. */
final class Certificate {

    static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    /** The factors of the key. Everybody knows them: nothing may trust it. */
    private static final BigInteger P = new BigInteger(
            "c85f4511bde5f5e180d6d7ad9b32dcd1d07f18603b63a1a513c5a2e235514256"
                    + "d490497de715406ad66f81e79dd672e8226b91ca16757e27e2a082ddc21961a1",
            16);

    private static final BigInteger Q = new BigInteger(
            "c06652c29af2804b22200e007b761e8a20d76ebd72f9cba144cfc76fb7ac4e3c"
                    + "2a2b17811b7a1bbb277d69475706d047ea7198d2ca1b43f56e59a7dc592f5b2b",
            16);

    static final BigInteger MODULUS = P.multiply(Q);

    private static final byte[] RSA =
            Der.sequence(Der.identifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1), Der.nothing());
    private static final byte[] SHA_256_RSA =
            Der.sequence(Der.identifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11), Der.nothing());
    private static final byte[] SHA_256 =
            Der.sequence(Der.identifier(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1), Der.nothing());

    private byte[] version = Der.integer(2);
    private byte[] serial = Der.integer(1);
    private byte[] subject = name(Der.text("harmless.example"));
    private byte[] validity = validity("700101000000Z", "491231235959Z");
    private byte[] key = rsaKey(Der.integer(MODULUS), Der.integer(EXPONENT));
    private byte[] extensions = {};
    private byte[] further = {};

    /** A name with one attribute: the common name. */
    static byte[] name(byte[] value) {
        return Der.sequence(attribute(value));
    }

    static byte[] attribute(byte[] value) {
        return Der.of(Der.SET, Der.sequence(Der.identifier(0x55, 4, 3), value));
    }

    static byte[] validity(String from, String to) {
        return Der.sequence(Der.of(23, Bytes.utf8(from)), Der.of(23, Bytes.utf8(to)));
    }

    static byte[] rsaKey(byte[] modulus, byte[] exponent) {
        return Der.sequence(RSA, Der.bits(Der.sequence(modulus, exponent)));
    }

    /** An extension of the arc 2.5.29. */
    static byte[] extension(int number, byte[] value) {
        return Der.sequence(Der.identifier(0x55, 0x1d, number), Der.of(Der.OCTETS, value));
    }

    Certificate version(byte[] value) {
        version = value;
        return this;
    }

    Certificate serial(byte[] value) {
        serial = value;
        return this;
    }

    Certificate subject(byte[] value) {
        subject = value;
        return this;
    }

    Certificate validity(byte[] value) {
        validity = value;
        return this;
    }

    Certificate key(byte[] value) {
        key = value;
        return this;
    }

    Certificate extensions(byte[]... values) {
        extensions = Der.of(0xa3, Der.sequence(values));
        return this;
    }

    /** What follows the last field, where nothing may be. */
    Certificate further(byte[] value) {
        further = value;
        return this;
    }

    byte[] toArray() {
        return signed(this::sign);
    }

    byte[] signedWrongly() {
        return signed(content -> new byte[128]);
    }

    private byte[] signed(UnaryOperator<byte[]> signer) {
        byte[] issuer = name(Der.text("harmless.example"));
        byte[] content = Der.sequence(
                Der.of(0xa0, version), serial, SHA_256_RSA, issuer, validity, subject, key, extensions, further);
        return Der.sequence(content, SHA_256_RSA, Der.bits(signer.apply(content)));
    }

    /** PKCS #1 version 1.5. */
    private byte[] sign(byte[] content) {
        byte[] digest = Der.sequence(SHA_256, Der.of(Der.OCTETS, sha256(content)));
        byte[] block = new byte[128];
        Arrays.fill(block, (byte) 0xff);
        block[0] = 0;
        block[1] = 1;
        block[block.length - digest.length - 1] = 0;
        System.arraycopy(digest, 0, block, block.length - digest.length, digest.length);
        BigInteger order = P.subtract(BigInteger.ONE).multiply(Q.subtract(BigInteger.ONE));
        BigInteger signature = new BigInteger(1, block).modPow(EXPONENT.modInverse(order), MODULUS);
        return fixed(signature, block.length);
    }

    private static byte[] fixed(BigInteger value, int size) {
        byte[] bytes = value.toByteArray();
        byte[] result = new byte[size];
        int count = Math.min(size, bytes.length);
        System.arraycopy(bytes, bytes.length - count, result, size - count, count);
        return result;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, but not this one", e);
        }
    }

    static String pem(byte[] der) {
        String lines = Base64.getMimeEncoder(64, Bytes.utf8("\n")).encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }
}
