package io.github.claudefleet.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust store for Java programs of agents: the certificates that this Java trusts, and further ones. */
public final class TrustStore {

    /** Name of the file. */
    public static final String FILE = "trust.p12";

    /** Password that is no secret: Java needs one to read the certificates. */
    private static final String PASSWORD = "changeit";

    private TrustStore() {}

    /**
     * Returns the file's content.
     *
     * @param pems certificates to trust in addition, in PEM
     */
    public static byte[] with(String... pems) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate own : trustedHere()) {
                store.setCertificateEntry("java-" + store.size(), own);
            }
            for (String pem : pems) {
                for (Certificate further : parse(pem)) {
                    store.setCertificateEntry("fleet-" + store.size(), further);
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, PASSWORD.toCharArray());
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a trust store for agents can't be made", e);
        }
    }

    private static X509Certificate[] trustedHere() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static Collection<? extends Certificate> parse(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
