package io.github.claudefleet.config;

import java.util.Optional;

/** Properties such as {@code claude-fleet.image.base}, used for parameters that the pom does not configure. */
@FunctionalInterface
public interface PropertySource {

    /**
     * Returns the value of a property, if it is set.
     *
     * @param name name without the prefix {@code claude-fleet.}
     */
    Optional<String> get(String name);

    /** Returns the pom's value, or else the property; null if neither is set. */
    default String or(String fromPom, String name) {
        return fromPom != null ? fromPom : get(name).orElse(null);
    }
}
