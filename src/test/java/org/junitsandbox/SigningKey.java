package org.junitsandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPApi;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;

/** An OpenPGP key that lasts as long as a test. */
final class SigningKey {

    static final String PASSPHRASE = "known to all";

    private static final OpenPGPApi OPEN_PGP = new BcOpenPGPApi();

    private static final int BITS = 2048;

    private final OpenPGPKey key;

    private SigningKey(OpenPGPKey key) {
        this.key = key;
    }

    /** Generates a key of the version that Maven Central and today's programs know. */
    static SigningKey generate() throws PGPException {
        return new SigningKey(OPEN_PGP.generateKey(PublicKeyPacket.VERSION_4)
                .singletonRSAKey(BITS, "Trial release <nobody@example.org>")
                .build(PASSPHRASE.toCharArray()));
    }

    /** Returns the secret key, encrypted with the passphrase, as text. */
    String armored() throws IOException {
        return key.toAsciiArmoredString();
    }

    /** Returns whether a file has one signature, and that by this key. */
    boolean hasSigned(Path file, Path signature) throws IOException, PGPException {
        List<OpenPGPDocumentSignature> signatures = OPEN_PGP.verifyDetachedSignature()
                .addVerificationCertificate(key.toCertificate())
                .addSignatures(new ByteArrayInputStream(Files.readAllBytes(signature)))
                .process(new ByteArrayInputStream(Files.readAllBytes(file)));
        return signatures.size() == 1 && signatures.get(0).isValid();
    }
}
