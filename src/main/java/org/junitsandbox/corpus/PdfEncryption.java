package org.junitsandbox.corpus;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The oldest encryption of PDF documents (ISO 32000-1 section 7.6.3, revision 2), with a key of 40 bits. */
final class PdfEncryption {

    private static final int KEY_SIZE = 5;

    /** What fills up a password. */
    private static final byte[] PADDING = HexFormat.of()
            .parseHex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a");

    private static final byte[] ID = Bytes.latin1("hostile document");
    private static final int RIGHTS = -4;

    private PdfEncryption() {}

    /** A document with a page whose content is encrypted with {@link ZipCrypto#PASSWORD}. */
    static byte[] document() {
        try {
            return encrypted();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has MD5 and RC4, but this one has not", e);
        }
    }

    private static byte[] encrypted() throws GeneralSecurityException {
        byte[] padded = padded();
        byte[] owner = encrypt(first(md5(padded), KEY_SIZE), padded);
        byte[] rights = new Bytes().little(4, RIGHTS).toArray();
        byte[] key = first(md5(padded, owner, rights, ID), KEY_SIZE);
        byte[] ofStream = first(md5(key, new int[] {4, 0, 0, 0, 0}), KEY_SIZE + 5);
        String hexId = hex(ID);
        return PdfDocument.page("", "")
                .stream(4, "", encrypt(ofStream, Bytes.utf8("0 0 100 100 re f\n")))
                .object(
                        5,
                        "<< /Filter /Standard /V 1 /R 2 /P " + RIGHTS + " /O " + hex(owner) + " /U "
                                + hex(encrypt(key, PADDING)) + " >>")
                .end(" /Encrypt 5 0 R /ID [" + hexId + " " + hexId + "]");
    }

    private static byte[] padded() {
        byte[] password = Bytes.latin1(ZipCrypto.PASSWORD);
        return first(new Bytes().raw(password).raw(PADDING).toArray(), PADDING.length);
    }

    private static byte[] first(byte[] bytes, int count) {
        return Arrays.copyOf(bytes, count);
    }

    private static byte[] md5(byte[] key, int[] numbers) throws GeneralSecurityException {
        return md5(key, new Bytes().raw(numbers).toArray());
    }

    private static byte[] md5(byte[]... parts) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static byte[] encrypt(byte[] key, byte[] plain) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RC4");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "RC4"));
        return cipher.doFinal(plain);
    }

    private static String hex(byte[] bytes) {
        return "<" + HexFormat.of().formatHex(bytes) + ">";
    }
}
