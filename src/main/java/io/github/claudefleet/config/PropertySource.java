package io.github.claudefleet.config;

import java.util.Optional;

/** Properties such as {@code claude-fleet.image.base}, which speak where the pom is silent. */
@FunctionalInterface
public interface PropertySource {

    /**
     * The value of a property, if there is one.
     *
     * @param name without the prefix {@code claude-fleet.}
     */
    Optional<String> get(String name);

    /** What the pom says, or else the property; null where both are silent. */
    default String or(String fromPom, String name) {
        return fromPom != null ? fromPom : get(name).orElse(null);
    }
}
