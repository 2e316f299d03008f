package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificates as the JDK reads them. */
class CertificateTests {

    private static X509Certificate read(byte[] pem) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    @Test
    void hasATwinThatItsOwnKeyHasSigned() throws Exception {
        X509Certificate twin = read(
                Corpus.file("certificate-encoding-null").harmlessTwin().bytes());

        assertThatCode(() -> twin.verify(twin.getPublicKey())).doesNotThrowAnyException();
    }

    @Test
    void hasAWrongSignatureThatTheKeyDoesNotVerify() throws Exception {
        X509Certificate wrong =
                read(Corpus.file("certificate-wrong-checksum-signature").bytes());

        assertThatThrownBy(() -> wrong.verify(wrong.getPublicKey())).isInstanceOf(SignatureException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certificate-huge-promise-length",
                "certificate-huge-promise-wide-length",
                "certificate-wrong-size-length-short",
                "certificate-malformed-serial",
                "certificate-truncated-in-content"
            })
    void isRefusedByTheJdk(String name) {
        byte[] certificate = Corpus.file(name).bytes();

        assertThatThrownBy(() -> read(certificate)).isInstanceOf(CertificateException.class);
    }
}
