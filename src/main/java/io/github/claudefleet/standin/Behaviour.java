package io.github.claudefleet.standin;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Response of the stand-in to an account's requests, as a control request names it: {@code ok}, an error such as
 * {@code 429}, {@code hang}, {@code slow:<milliseconds>} or {@code flaky:<number of refusals>}.
 *
 * @param word name before the colon
 * @param argument number after the colon, 0 if there is none
 */
record Behaviour(String word, long argument) {
    static final Behaviour OK = new Behaviour("ok", 0);

    private static final Pattern FORM = Pattern.compile("([a-z0-9-]+)(?::(\\d{1,9}))?");
    private static final Set<String> WITH_ARGUMENT = Set.of("slow", "flaky");
    private static final Set<String> FOR_MESSAGES =
            Set.of("ok", "401", "403", "429", "429-throttle", "529", "500", "400-credit", "hang", "slow", "flaky");
    private static final Set<String> FOR_TOKENS = Set.of("ok", "hang", "slow", "500");

    /**
     * Returns the refusal of an account whose quota is used up.
     *
     * @param resetsAt time of the quota's reset, in seconds since the epoch; 0 for one hour from now
     */
    static Behaviour quota(long resetsAt) {
        return new Behaviour("429", resetsAt);
    }

    /** @throws IllegalArgumentException if the messages endpoint has no such behaviour */
    static Behaviour ofMessages(String text) {
        return parse(text, FOR_MESSAGES);
    }

    /** @throws IllegalArgumentException if the token endpoint has no such behaviour */
    static Behaviour ofTokens(String text) {
        return parse(text, FOR_TOKENS);
    }

    boolean is(String wanted) {
        return word.equals(wanted);
    }

    @Override
    public String toString() {
        return WITH_ARGUMENT.contains(word) ? word + ":" + argument : word;
    }

    private static Behaviour parse(String text, Set<String> words) {
        Matcher matcher = FORM.matcher(text);
        boolean known = matcher.matches()
                && words.contains(matcher.group(1))
                && WITH_ARGUMENT.contains(matcher.group(1)) == (matcher.group(2) != null);
        if (!known) {
            throw new IllegalArgumentException("unknown behaviour '" + text + "'; use one of "
                    + words.stream().sorted().toList() + ", with :<number> after slow and flaky");
        }
        return new Behaviour(matcher.group(1), matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2)));
    }
}
