package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * Network that a fleet's containers join.
 *
 * @param existing name of a network that exists and is kept ({@code host} and {@code bridge} included), or empty for
 *     one that the fleet owns
 */
public record NetworkSpec(Optional<String> existing) {

    /** Network that the fleet owns, created and removed with it. */
    public static final NetworkSpec OWN = new NetworkSpec(Optional.empty());

    /** Returns true for the network of the engine's machine itself. */
    public boolean isHost() {
        return existing.filter("host"::equals).isPresent();
    }

    /** Returns a network that exists and does not belong to the fleet. */
    public static NetworkSpec existing(String name) {
        return new NetworkSpec(Optional.of(name));
    }
}
