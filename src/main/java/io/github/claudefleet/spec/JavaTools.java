package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files in the containers, beside the image, for agents that build with Maven.
 *
 * @param repository local repository of the host, which agents can read but not write; empty for none
 * @param settings content of a settings.xml, which holds passwords; empty for none
 */
public record JavaTools(Optional<Path> repository, Optional<Secret> settings) {

    /** No Maven files. */
    public static final JavaTools NONE = new JavaTools(Optional.empty(), Optional.empty());
}
