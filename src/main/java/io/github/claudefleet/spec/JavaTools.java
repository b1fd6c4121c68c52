package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What agents that build with Maven find in their containers beside the image.
 *
 * @param repository the host's local repository, which they read and can't write; empty for none
 * @param settings a settings.xml, which holds passwords; empty for none
 */
public record JavaTools(Optional<Path> repository, Optional<Secret> settings) {

    /** Nothing. */
    public static final JavaTools NONE = new JavaTools(Optional.empty(), Optional.empty());
}
