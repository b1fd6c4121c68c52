package io.github.claudefleet.docker;

import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Certificate files of a TLS connection, named as by the Docker command line. */
final class TlsFiles {

    private static final List<String> NAMES = List.of("ca.pem", "cert.pem", "key.pem");

    private TlsFiles() {}

    /**
     * Returns the directory if all three files exist: with a missing one, docker-java would connect without TLS.
     *
     * @param parameter setting that enables TLS, for the error
     * @throws InvalidSpecException if a file is missing or unreadable
     */
    static Path in(Path directory, String parameter) {
        for (String name : NAMES) {
            if (!Files.isReadable(directory.resolve(name))) {
                throw new InvalidSpecException(
                        parameter,
                        "asks for TLS, and " + directory.resolve(name) + " can't be read",
                        "ca.pem, cert.pem and key.pem must be in one folder, which DOCKER_CERT_PATH names; without TLS,"
                                + " unset DOCKER_TLS_VERIFY.");
            }
        }
        return directory;
    }
}
