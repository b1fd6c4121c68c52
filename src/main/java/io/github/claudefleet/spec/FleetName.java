package io.github.claudefleet.spec;

/** Name in a fleet's containers, network and volume, by which a later build finds them. */
public record FleetName(String value) implements Comparable<FleetName> {

    /** @throws InvalidSpecException if the value is not up to 40 lower-case letters, digits, dots and hyphens */
    public FleetName {
        Names.check("name", value);
    }

    /** Returns the nearest valid name to an artifactId or a directory's name, which may exceed the engine's limits. */
    public static FleetName near(String text) {
        return new FleetName(Names.suggestionFor(text));
    }

    @Override
    public int compareTo(FleetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
