package io.github.claudefleet.config;

import io.github.claudefleet.spec.InvalidSpecException;

/** Reads what is either true or false. */
final class Flags {

    private Flags() {}

    /**
     * @param text null where nothing is said, which leaves the standard
     * @throws InvalidSpecException if it is something else
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
