package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * The network that a fleet's containers join.
 *
 * @param existing the name of a network that is there already and stays ({@code host} and {@code bridge} included), or
 *     empty for one of the fleet's own
 */
public record NetworkSpec(Optional<String> existing) {

    /** A network of the fleet's own, made and removed with it. */
    public static final NetworkSpec OWN = new NetworkSpec(Optional.empty());

    /** A network that is there already and isn't the fleet's. */
    public static NetworkSpec existing(String name) {
        return new NetworkSpec(Optional.of(name));
    }
}
