package io.github.claudefleet.spec;

/** What to do when the account's quota is used up while the login itself is fine. */
public enum WhenOutOfQuota {
    /** Say when it is there again, and end. */
    FAIL("fail"),
    /** Wait until it is there again. */
    WAIT("wait");

    private final String word;

    WhenOutOfQuota(String word) {
        this.word = word;
    }

    /** The word that a pom uses for it. */
    public String word() {
        return word;
    }

    /**
     * The choice of that word.
     *
     * @throws InvalidSpecException if there is none
     */
    public static WhenOutOfQuota of(String word) {
        return Choice.of("auth.whenOutOfQuota", word, values(), WhenOutOfQuota::word);
    }
}
