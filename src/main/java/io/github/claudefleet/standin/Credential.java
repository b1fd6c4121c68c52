package io.github.claudefleet.standin;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Credential in the stand-in's own form, which contains the name of its account.
 *
 * @param kind kind of the credential
 * @param account name of the account; empty for {@link Kind#NONE} and {@link Kind#FOREIGN}
 * @param number number of the account's token, from 1; 0 for kinds without a number
 */
record Credential(Kind kind, String account, int number) {
    /** Regular expression for an account's name. */
    static final String ACCOUNT_NAME = "[a-z0-9-]{1,100}";

    /**
     * Kinds of credential, with the form of each. {@code NONE}: no credential was sent. {@code FOREIGN}: not in the
     * stand-in's form. {@code PROVIDER}: credential of another service, which is not checked.
     */
    enum Kind {
        NONE("(?!)"),
        FOREIGN("(?!)"),
        PROVIDER("(?!)"),
        ACCESS("sk-ant-oat01-standin\\.(" + ACCOUNT_NAME + ")\\.(\\d{1,9})"),
        REFRESH("sk-ant-ort01-standin\\.(" + ACCOUNT_NAME + ")\\.(\\d{1,9})"),
        SETUP("sk-ant-oat01-standin\\.(" + ACCOUNT_NAME + ")\\.setup()"),
        API_KEY("sk-ant-api03-standin\\.(" + ACCOUNT_NAME + ")()"),
        CODE("code-(" + ACCOUNT_NAME + ")()"),
        JOB("job-(" + ACCOUNT_NAME + ")()");

        private final Pattern form;

        Kind(String form) {
            this.form = Pattern.compile(form);
        }
    }

    /** @param text credential from the request; null or blank if there was none */
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

    /** Token with which a job of the account asks for identity tokens. */
    static String jobToken(String account) {
        return "job-" + account;
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

    /** Returns a name such as {@code access alice.3}. It identifies the credential but cannot be used as one. */
    String label() {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return hasAccount() ? name + " " + account + (number > 0 ? "." + number : "") : name;
    }

    private static int numberOf(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
