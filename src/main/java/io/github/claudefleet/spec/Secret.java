package io.github.claudefleet.spec;

import java.util.Objects;

/** A credential that shows itself only to who asks for it by name: text and logs get asterisks. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * @param value the credential; surrounding white space, such as a file's last newline, is not part of it
     * @throws IllegalArgumentException if nothing is left
     */
    public static Secret of(String value) {
        String stripped = value.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("the credential is empty");
        }
        return new Secret(stripped);
    }

    /** The credential itself, for the one place that hands it over. */
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
