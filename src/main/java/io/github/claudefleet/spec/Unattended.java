package io.github.claudefleet.spec;

/** Behaviour of a goal that needs a person's sign-in when no person can be asked. */
public enum Unattended {
    /** Reports where to sign in, and waits until somebody has signed in elsewhere. */
    WAIT("wait"),
    /** Reports where to sign in, leaves the sign-in waiting, and fails the build at once. */
    FAIL("fail");

    private final String value;

    Unattended(String value) {
        this.value = value;
    }

    /** Returns the value in a pom. */
    public String value() {
        return value;
    }

    /**
     * Returns the behaviour for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static Unattended of(String value) {
        return EnumParser.of("auth.unattended", value, values(), Unattended::value);
    }
}
