package io.github.claudefleet.standin;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A credential of the stand-in's own form, which names its account.
 *
 * @param kind what it is
 * @param account the account's name; empty for {@link Kind#NONE} and {@link Kind#FOREIGN}
 * @param number which of the account's tokens it is, from 1; 0 where that means nothing
 */
record Credential(Kind kind, String account, int number) {
    /** What an account's name looks like. */
    static final String ACCOUNT_NAME = "[a-z0-9-]{1,100}";

    /** The kinds of credential, with the form of each. {@code NONE} was not sent; {@code FOREIGN} has no form of ours; {@code PROVIDER}
     * is another service's own, which is not looked at. */
    enum Kind {
        NONE("(?!)"),
        FOREIGN("(?!)"),
        PROVIDER("(?!)"),
        ACCESS("sk-ant-oat01-standin\\.(" + ACCOUNT_NAME + ")\\.(\\d{1,9})"),
        REFRESH("sk-ant-ort01-standin\\.(" + ACCOUNT_NAME + ")\\.(\\d{1,9})"),
        SETUP("sk-ant-oat01-standin\\.(" + ACCOUNT_NAME + ")\\.setup()"),
        API_KEY("sk-ant-api03-standin\\.(" + ACCOUNT_NAME + ")()"),
        CODE("code-(" + ACCOUNT_NAME + ")()");

        private final Pattern form;

        Kind(String form) {
            this.form = Pattern.compile(form);
        }
    }

    /** @param text what was sent; null or blank if nothing was */
    static Credential parse(String text) {
        if (text == null || text.isBlank()) {
            return new Credential(Kind.NONE, "", 0);
        }
        for (Kind kind : Kind.values()) {
            Matcher matcher = kind.form.matcher(text.strip());
            if (matcher.matches()) {
                return new Credential(kind, matcher.group(1), numberOf(matcher.group(2)));
            }
        }
        return new Credential(Kind.FOREIGN, "", 0);
    }

    static String accessToken(String account, int number) {
        return "sk-ant-oat01-standin." + account + "." + number;
    }

    static String refreshToken(String account, int number) {
        return "sk-ant-ort01-standin." + account + "." + number;
    }

    boolean hasAccount() {
        return !account.isEmpty();
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** Such as {@code access alice.3}: says which one it is, and is no use as one. */
    String label() {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return hasAccount() ? name + " " + account + (number > 0 ? "." + number : "") : name;
    }

    private static int numberOf(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
