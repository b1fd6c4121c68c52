package io.github.claudefleet.docker;

import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a TLS connection as the Docker command line names them. */
final class TlsFiles {

    private static final List<String> NAMES = List.of("ca.pem", "cert.pem", "key.pem");

    private TlsFiles() {}

    /**
     * The directory itself, when it has all three: docker-java would speak without TLS where one is missing.
     *
     * @param parameter who asks for TLS, for the error
     * @throws InvalidSpecException if a file is missing or can't be read
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
