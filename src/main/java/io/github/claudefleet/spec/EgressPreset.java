package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.Optional;

/** Hosts that are allowed by one word. The gateway knows those of {@link #NPM}, {@link #DEBIAN} and {@link #GITHUB}. */
public enum EgressPreset {
    /** The repositories and mirrors of this build, from Maven's session. */
    MAVEN("maven"),
    /** The npm registry that the gateway's image is configured with, to read. */
    NPM("npm"),
    /** The package mirrors that the gateway's image is configured with, to read. */
    DEBIAN("debian"),
    /** GitHub, to read. */
    GITHUB("github");

    private final String value;

    EgressPreset(String value) {
        this.value = value;
    }

    /** Returns the value in a pom. */
    public String value() {
        return value;
    }

    /** Returns the preset for a word of the pom; empty if the word is no preset. */
    public static Optional<EgressPreset> find(String word) {
        return Arrays.stream(values())
                .filter(preset -> preset.value.equals(word.strip()))
                .findFirst();
    }
}
