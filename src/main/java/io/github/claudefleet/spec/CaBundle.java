package io.github.claudefleet.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Certificates to trust in addition to the public ones, as needed in companies that inspect TLS.
 *
 * @param pem one or more certificates in PEM format
 */
public record CaBundle(String pem) {

    private static final String PARAMETER = "image.caBundle";

    /**
     * Reads the certificates from a file.
     *
     * @throws InvalidSpecException if the file can't be read or contains no certificate
     */
    public static CaBundle read(Path file) {
        try {
            CaBundle bundle = new CaBundle(Files.readString(file));
            if (!bundle.pem.contains("-----BEGIN CERTIFICATE-----")) {
                throw refused(file + " has no certificate in PEM form");
            }
            return bundle;
        } catch (IOException e) {
            throw refused(file + " can't be read (" + FileProblem.of(e) + ")");
        }
    }

    private static InvalidSpecException refused(String problem) {
        return new InvalidSpecException(PARAMETER, problem, "Name a file of certificates in PEM form.");
    }

    @Override
    public String toString() {
        return "CaBundle(" + pem.length() + " characters, "
                + new Sha256().add(pem).shortHex() + ")";
    }
}
