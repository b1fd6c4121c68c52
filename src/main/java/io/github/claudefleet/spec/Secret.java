package io.github.claudefleet.spec;

import java.util.Objects;

/** Credential that is revealed only by an explicit call; texts and logs get asterisks. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Creates a secret.
     *
     * @param value credential; surrounding white space, such as a file's last newline, is not part of it
     * @throws IllegalArgumentException if nothing is left
     */
    public static Secret of(String value) {
        String stripped = value.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("the credential is empty");
        }
        return new Secret(stripped);
    }

    /** Returns the credential itself, for the one place that sends it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "********";
    }
}
