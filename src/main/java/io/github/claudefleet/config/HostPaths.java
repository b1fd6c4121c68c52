package io.github.claudefleet.config;

import java.nio.file.Path;

/** Paths of the host as people write them: from the project's directory, or from their home with a tilde. */
final class HostPaths {

    private HostPaths() {}

    static Path resolve(String text, Surroundings surroundings) {
        return resolve(text, surroundings.baseDirectory(), surroundings.home());
    }

    static Path resolve(String text, Path baseDirectory, Path home) {
        boolean fromHome = text.equals("~") || text.startsWith("~/");
        Path path = fromHome ? Path.of(home + text.substring(1)) : baseDirectory.resolve(text);
        return path.toAbsolutePath().normalize();
    }
}
