package org.junitsandbox.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A TLS context for both sides of a connection to 127.0.0.1: its only certificate is its own, made by the JDK's
 * keytool.
 */
public final class SelfSigned {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private static final String FILE = "keys.p12";

    private SelfSigned() {}

    /** Makes a certificate and its key, in a file in a folder; or takes those that are there. */
    public static SSLContext context(Path folder) throws GeneralSecurityException, IOException, InterruptedException {
        if (!Files.exists(folder.resolve(FILE))) {
            generate(folder);
        }
        KeyStore store = store(folder);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("engine", store.getCertificate("engine"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void generate(Path folder) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keystore", folder.resolve(FILE).toString(),
                        "-storepass", new String(PASSWORD),
                        "-alias", "engine",
                        "-keyalg", "EC",
                        "-dname", "CN=engine",
                        "-ext", "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        String printed = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (keytool.waitFor() != 0) {
            throw new AssertionError("keytool failed: " + printed);
        }
    }

    /** Returns the certificate that was made in a folder, as PEM. */
    public static String certificate(Path folder) throws GeneralSecurityException, IOException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(store(folder).getCertificate("engine").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static KeyStore store(Path folder) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(folder.resolve(FILE))) {
            store.load(content, PASSWORD);
        }
        return store;
    }
}
