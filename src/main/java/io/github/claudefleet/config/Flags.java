package io.github.claudefleet.config;

import io.github.claudefleet.spec.InvalidSpecException;

/** Parses parameters that are either true or false. */
final class Flags {

    private Flags() {}

    /**
     * @param text text of the parameter; null returns the standard
     * @throws InvalidSpecException if the text is neither true nor false
     */
    static boolean read(String parameter, String text, boolean standard) {
        if (text == null) {
            return standard;
        }
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InvalidSpecException(
                        parameter, "\"" + text + "\" is neither true nor false", "Write true or false.");
        };
    }
}
