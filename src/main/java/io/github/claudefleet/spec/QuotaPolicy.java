package io.github.claudefleet.spec;

/** What to do when the account's quota is used up while the login itself is fine. */
public enum QuotaPolicy {
    /** Say when it is there again, and end. */
    FAIL("fail"),
    /** Wait until it is there again. */
    WAIT("wait");

    private final String value;

    QuotaPolicy(String value) {
        this.value = value;
    }

    /** The word that a pom uses for it. */
    public String value() {
        return value;
    }

    /**
     * The choice of that word.
     *
     * @throws InvalidSpecException if there is none
     */
    public static QuotaPolicy of(String value) {
        return EnumParser.of("auth.whenOutOfQuota", value, values(), QuotaPolicy::value);
    }
}
