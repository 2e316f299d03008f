package org.junitsandbox.corpus;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A file of an OpenDocument package, encrypted with AES-256 (ODF 1.3 part 2 section 3.4). */
final class OpenDocumentAes {

    private static final int ROUNDS = 1024;
    private static final int KEY = 32;
    private static final byte[] SALT = new byte[16];
    private static final byte[] INITIALIZATION = new byte[16];

    private final byte[] plain;
    private final byte[] packed;

    OpenDocumentAes(byte[] plain) {
        this.plain = plain;
        packed = new Deflate().copy(plain).finish().bytes();
    }

    /** What stands in the manifest, behind the attributes of the file. */
    String manifest() {
        String name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
        return " manifest:size=\"" + plain.length + "\"><manifest:encryption-data manifest:checksum-type=\"" + name
                + "#sha256-1k\" manifest:checksum=\"" + base64(checksum())
                + "\"><manifest:algorithm manifest:algorithm-name=\"http://www.w3.org/2001/04/xmlenc#aes256-cbc\""
                + " manifest:initialisation-vector=\"" + base64(INITIALIZATION)
                + "\"/><manifest:key-derivation manifest:key-derivation-name=\"PBKDF2\" manifest:key-size=\"" + KEY
                + "\" manifest:iteration-count=\"" + ROUNDS + "\" manifest:salt=\"" + base64(SALT)
                + "\"/><manifest:start-key-generation manifest:start-key-generation-name=\""
                + "http://www.w3.org/2000/09/xmldsig#sha256\" manifest:key-size=\"" + KEY
                + "\"/></manifest:encryption-data></manifest:file-entry>";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Of the first kilobyte of what is encrypted. */
    private byte[] checksum() {
        try {
            return sha256(Arrays.copyOf(packed, Math.min(packed.length, 1024)));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    byte[] content() {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key(), "AES"), new IvParameterSpec(INITIALIZATION));
            return cipher.doFinal(packed);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    /** PBKDF2 (RFC 8018) of the password's hash. The JDK has it for passwords that are texts only. */
    private static byte[] key() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(sha256(Bytes.utf8(ZipCrypto.PASSWORD)), "HmacSHA1"));
        Bytes key = new Bytes();
        for (int block = 1; key.size() < KEY; block++) {
            mac.update(SALT);
            byte[] round = mac.doFinal(new Bytes().big(4, block).toArray());
            byte[] sum = round.clone();
            for (int i = 1; i < ROUNDS; i++) {
                round = mac.doFinal(round);
                for (int at = 0; at < sum.length; at++) {
                    sum[at] ^= round[at];
                }
            }
            key.raw(sum);
        }
        return Arrays.copyOf(key.toArray(), KEY);
    }

    private static IllegalStateException missing(GeneralSecurityException cause) {
        return new IllegalStateException("Every Java platform has AES, SHA-1 and SHA-256, but not this one", cause);
    }
}
