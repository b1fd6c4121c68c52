package io.github.claudefleet.spec;

/** What a goal does that needs a person to sign in where no person can be asked. */
public enum Unattended {
    /** Says where to sign in, and waits until somebody has, elsewhere. */
    WAIT("wait"),
    /** Says where to sign in, leaves the sign-in waiting, and fails the build at once. */
    FAIL("fail");

    private final String value;

    Unattended(String value) {
        this.value = value;
    }

    /** The word that a pom uses for it. */
    public String value() {
        return value;
    }

    /**
     * What that word stands for.
     *
     * @throws InvalidSpecException if it stands for nothing
     */
    public static Unattended of(String value) {
        return EnumParser.of("auth.unattended", value, values(), Unattended::value);
    }
}
