package io.github.claudefleet.config;

import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Context in which a configuration is resolved.
 *
 * @param baseDirectory base of relative paths: the project's directory, or the current one
 * @param home home directory of the user who runs Maven
 * @param environment Maven's own environment
 * @param properties the build's properties and expressions, such as {@code project.version}, by name
 * @param servers decrypted password of a {@code <server>} of settings.xml by its id; empty if there is none
 */
public record ConfigurationContext(
        Path baseDirectory,
        HomeDirectory home,
        Map<String, String> environment,
        Function<String, Optional<String>> properties,
        Function<String, Optional<Secret>> servers) {

    @Override
    public String toString() {
        return "Surroundings of " + baseDirectory;
    }
}
