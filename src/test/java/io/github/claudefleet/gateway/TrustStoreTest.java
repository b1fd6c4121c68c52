package io.github.claudefleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class TrustStoreTest {

    /** Certificate made for this test, whose key nobody has. */
    private static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIBjjCCATWgAwIBAgIUdjOp8XC07XGa6bt4SwpSt4iU+pUwCgYIKoZIzj0EAwIw
            HDEaMBgGA1UEAwwRY2xhdWRlLWZsZWV0IHRlc3QwIBcNMjYxMTI5MTk1NzI5WhgP
            MjEyNjExMDUxOTU3MjlaMBwxGjAYBgNVBAMMEWNsYXVkZS1mbGVldCB0ZXN0MFkw
            EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE0dR9/IaZg7gFmp1oO8fSttBBx9oLAbMS
            Q+tUy1qYIaigYxTQZGttilsfIFfISPVMA8qFdMqpAg2gPNYDbzxCzaNTMFEwHQYD
            VR0OBBYEFB5Pflapol2+StvjvBEnIDIYBaGxMB8GA1UdIwQYMBaAFB5Pflapol2+
            StvjvBEnIDIYBaGxMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIg
            VGowvguUiAEPRgQdYezZlmTMUlFOvyISM7BhRUQkk6oCIGAlSRVAelIsjdw8qmmA
            e3mByPzpc2oWBaQclq/NKWYb
            -----END CERTIFICATE-----
            """;

    @Test
    void itHasTheGivenCertificatesAndThoseOfThisJava() throws Exception {
        X509Certificate ca = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(PEM.getBytes(StandardCharsets.US_ASCII)));

        KeyStore store = read(TrustStore.with(PEM, ""));

        assertThat(store.getCertificateAlias(ca)).startsWith("fleet-");
        X509Certificate[] own = trustedHere();
        assertThat(own).isNotEmpty();
        assertThat(store.size()).isEqualTo(own.length + 1);
        assertThat(store.getCertificateAlias(own[0])).startsWith("java-");
        assertThat(store.isCertificateEntry(store.getCertificateAlias(ca))).isTrue();
    }

    @Test
    void withoutFurtherCertificatesItHasThisJavasAlone() throws Exception {
        assertThat(read(TrustStore.with("")).size()).isEqualTo(trustedHere().length);
    }

    @Test
    void whatIsNoCertificateIsNotLeftOutSilently() {
        assertThatThrownBy(() -> TrustStore.with("-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a trust store for agents can't be made");
    }

    private static KeyStore read(byte[] bytes) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), "changeit".toCharArray());
        return store;
    }

    private static X509Certificate[] trustedHere() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();
    }
}
