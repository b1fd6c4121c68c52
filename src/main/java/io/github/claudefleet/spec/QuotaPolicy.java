package io.github.claudefleet.spec;

/** Behaviour when the account's quota is used up while the login itself is valid. */
public enum QuotaPolicy {
    /** Reports the time at which quota is available again, and ends. */
    FAIL("fail"),
    /** Waits until quota is available again. */
    WAIT("wait");

    private final String value;

    QuotaPolicy(String value) {
        this.value = value;
    }

    /** Returns the value in a pom. */
    public String value() {
        return value;
    }

    /**
     * Returns the policy for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static QuotaPolicy of(String value) {
        return EnumParser.of("auth.whenOutOfQuota", value, values(), QuotaPolicy::value);
    }
}
