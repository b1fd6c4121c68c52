package io.github.claudefleet.claude;

import java.util.regex.Pattern;

/** Takes out of what others said whatever looks like a credential, before a person gets to read it in a log. */
public final class CredentialRedactor {

    /** What comes before a credential stays; groups, since to look behind at each character takes four times as long. */
    private static final String STARS = "$1$2$3********";

    /** Anthropic's tokens and keys, bearer tokens, JSON web tokens, and AWS's and Google's own forms. */
    private static final Pattern CREDENTIAL = Pattern.compile("sk-ant-[\\w.~+/=-]+"
            + "|((?i:bearer) )[\\w.~+/=-]{8,}"
            + "|eyJ[\\w-]{8,}\\.[\\w-]+(?:\\.[\\w-]+)?"
            + "|(?:AKIA|ASIA|ABSK)[A-Za-z0-9+/=]{12,}"
            + "|ya29\\.[\\w.-]+"
            + "|(://)[^/@\\s\"]+(?=@)"
            // A quoted login file, whatever its tokens look like.
            + "|((?i:(?:access|refresh)_?token)\"\\s?:\\s?\")[^\"]+");

    private CredentialRedactor() {}

    /** The same with asterisks for what looks like a credential. */
    public static String text(String text) {
        return CREDENTIAL.matcher(text).replaceAll(STARS);
    }
}
