package io.github.claudefleet.spec;

/** Checks of numbers in a pom. */
public final class Numbers {

    private Numbers() {}

    /**
     * Returns the value if it lies within the limits (both included).
     *
     * @throws InvalidSpecException if it doesn't
     */
    public static int within(String parameter, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidSpecException(
                    parameter, value + " is out of range", "Use a number from " + least + " to " + most + ".");
        }
        return value;
    }
}
