package io.github.claudefleet.claude;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Redacts anything that looks like a credential in the output of other programs, before a person reads it in a log. */
public final class CredentialRedactor {

    /**
     * Replacement that keeps the text before a credential. Groups are used, since a lookbehind takes four times as
     * long.
     */
    private static final String STARS = "$1$2$3********";

    /** Anthropic's tokens and keys, bearer tokens, JSON web tokens, and the formats of AWS and Google. */
    private static final Pattern CREDENTIAL = Pattern.compile("sk-ant-[\\w.~+/=-]+"
            + "|((?i:bearer) )[\\w.~+/=-]{8,}"
            + "|eyJ[\\w-]{8,}\\.[\\w-]+(?:\\.[\\w-]+)?"
            + "|(?:AKIA|ASIA|ABSK)[A-Za-z0-9+/=]{12,}"
            + "|ya29\\.[\\w.-]+"
            + "|(://)[^/@\\s\"]+(?=@)"
            // Tokens of any form in a quoted login file.
            + "|((?i:(?:access|refresh)_?token)\"\\s?:\\s?\")[^\"]+");

    /** User name in the addresses of git over SSH, which is no credential. */
    private static final String GIT_USER = "://git";

    private CredentialRedactor() {}

    /** Returns true if a text contains anything that looks like a credential. */
    public static boolean finds(String text) {
        return CREDENTIAL.matcher(text).results().map(MatchResult::group).anyMatch(match -> !match.equals(GIT_USER));
    }

    /** Returns the text with asterisks for anything that looks like a credential. */
    public static String text(String text) {
        return CREDENTIAL.matcher(text).replaceAll(STARS);
    }
}
