package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.SSLConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The files with which Docker's clients speak TLS: {@code ca.pem}, {@code cert.pem} and {@code key.pem}. */
final class ClientCertificates {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (?:RSA )?PRIVATE KEY-----");

    /** An RSA key's version and kind, which PKCS #8 has before what PKCS #1 has: DER. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final char[] NO_PASSWORD = {};

    private ClientCertificates() {}

    /**
     * Returns the settings of TLS with the files of a folder.
     *
     * @param correction how to name another engine, for messages
     */
    static SSLConfig in(Path folder, String correction) throws UnreachableException {
        for (String file : List.of("ca.pem", "cert.pem", "key.pem")) {
            if (!Files.isReadable(folder.resolve(file))) {
                throw new UnreachableException(
                        "it is to be used with TLS, and there is no readable " + folder.resolve(file),
                        "Put the certificates that belong to the engine there (ca.pem, cert.pem, key.pem), or point"
                                + " DOCKER_CERT_PATH at their folder; or, to use another engine, " + correction + ".",
                        null);
            }
        }
        try {
            SSLContext context = context(folder);
            return () -> context;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new UnreachableException(
                    "it is to be used with TLS, and the certificates in " + folder + " cannot be read: "
                            + e.getMessage(),
                    "Put valid ca.pem, cert.pem and key.pem there, the last one without a password. `openssl pkcs8"
                            + " -topk8 -nocrypt` converts a key.",
                    e);
        }
    }

    private static SSLContext context(Path folder) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, NO_PASSWORD);
        own.setKeyEntry(
                "client",
                key(Files.readString(folder.resolve("key.pem"), StandardCharsets.ISO_8859_1)),
                NO_PASSWORD,
                certificates(folder.resolve("cert.pem")).toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);

        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, NO_PASSWORD);
        for (Certificate authority : certificates(folder.resolve("ca.pem"))) {
            authorities.setCertificateEntry("authority" + authorities.size(), authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);

        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        if (found.isEmpty()) {
            throw new IOException(file + " has no certificate");
        }
        return found;
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        Matcher matcher = KEY.matcher(pem);
        if (!matcher.find()) {
            throw new InvalidKeySpecException("key.pem has no private key in the format PKCS #8 or PKCS #1");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(matcher.group(1) == null ? der : fromPkcs1(der));
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        } catch (InvalidKeySpecException e) {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        }
    }

    private static byte[] fromPkcs1(byte[] key) {
        return element(0x30, concatenation(RSA, element(0x04, key)));
    }

    /** Returns an element in DER. */
    private static byte[] element(int tag, byte[] content) {
        byte[] length = BigInteger.valueOf(content.length).toByteArray();
        // A positive length has a sign byte where its first byte would look negative: DER does not.
        int sign = length.length > 1 && length[0] == 0 ? 1 : 0;
        byte[] bytes = Arrays.copyOfRange(length, sign, length.length);
        byte[] header = content.length < 0x80
                ? new byte[] {(byte) tag}
                : new byte[] {(byte) tag, (byte) (0x80 | bytes.length)};
        return concatenation(concatenation(header, bytes), content);
    }

    private static byte[] concatenation(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
