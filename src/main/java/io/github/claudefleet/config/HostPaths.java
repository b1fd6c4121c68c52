package io.github.claudefleet.config;

import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.PathText;
import java.nio.file.Path;

/** Resolves paths of the host relative to the project's directory or, with a tilde, to the user's home. */
final class HostPaths {

    private HostPaths() {}

    static Path resolve(String text, ConfigurationContext configurationContext) {
        return resolve(text, configurationContext.baseDirectory(), configurationContext.home());
    }

    static Path resolve(String text, Path baseDirectory, HomeDirectory home) {
        return resolved(text, baseDirectory, home).toAbsolutePath().normalize();
    }

    private static Path resolved(String text, Path baseDirectory, HomeDirectory home) {
        if (text.equals("~")) {
            return home.require();
        }
        String separator = baseDirectory.getFileSystem().getSeparator();
        return text.startsWith("~/") || text.startsWith("~" + separator)
                ? PathText.resolve(home.require(), text.substring(2))
                : PathText.resolve(baseDirectory, text);
    }
}
