package io.github.claudefleet.config;

import java.nio.file.Path;

/** Paths of the host as people write them: from the project's directory, or from their home with a tilde. */
final class HostPaths {

    private HostPaths() {}

    static Path resolve(String text, Surroundings surroundings) {
        boolean fromHome = text.equals("~") || text.startsWith("~/");
        Path path = fromHome
                ? Path.of(surroundings.home() + text.substring(1))
                : surroundings.baseDirectory().resolve(text);
        return path.toAbsolutePath().normalize();
    }
}
