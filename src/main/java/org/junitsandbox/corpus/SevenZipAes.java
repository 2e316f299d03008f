package org.junitsandbox.corpus;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A 7z archive whose content is encrypted with AES-256; names are not. */
final class SevenZipAes {

    /** The key is a hash of 2 to the power of this number of rounds. */
    private static final int ROUNDS_POWER = 16;

    private static final int BLOCK = 16;

    /** The coder 06F10701 with a byte of properties: the rounds, no salt and no initialization vector. */
    private static final int[] CODER = {0x24, 0x06, 0xf1, 0x07, 0x01, 1, ROUNDS_POWER};

    private SevenZipAes() {}

    static byte[] archive(String name, String content) {
        byte[] plain = Bytes.utf8(content);
        byte[] padded = Arrays.copyOf(plain, (plain.length + BLOCK - 1) / BLOCK * BLOCK);
        try {
            return SevenZip.with(SevenZip.Member.file(name, encrypt(padded), CODER, plain.length, ZipMember.crc(plain)))
                    .toArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES and SHA-256, but not this one", e);
        }
    }

    private static byte[] encrypt(byte[] padded) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key(), "AES"), new IvParameterSpec(new byte[BLOCK]));
        return cipher.doFinal(padded);
    }

    private static byte[] key() throws GeneralSecurityException {
        byte[] password = ZipCrypto.PASSWORD.getBytes(StandardCharsets.UTF_16LE);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long round = 0; round < 1L << ROUNDS_POWER; round++) {
            digest.update(password);
            digest.update(new Bytes().little(8, round).toArray());
        }
        return digest.digest();
    }
}
