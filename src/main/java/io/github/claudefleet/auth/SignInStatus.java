package io.github.claudefleet.auth;

import io.github.claudefleet.spec.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status of a sign-in, as {@code signin.sh} prints it.
 *
 * @param state state of the sign-in
 * @param status exit status of the CLI; empty while it runs
 * @param left remaining time to submit a code
 * @param said complete output of the CLI
 */
record SignInStatus(State state, Optional<Integer> status, Duration left, String said) {

    /** States of a sign-in. */
    enum State {
        NONE,
        WAITING,
        ENDED
    }

    private static final Pattern FORM =
            Pattern.compile("(.*)\nstate=(none|waiting|ended)\nstatus=(\\d*)\nleft=(-?\\d+)\n", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");
    /** Exit statuses of {@code timeout}, GNU's and BusyBox's. */
    private static final Set<Integer> TIMED_OUT = Set.of(124, 143);

    private static final String QUESTION = "Paste code here if prompted >";

    /** Checks whether the script has printed its complete status. */
    static boolean isWhole(String printed) {
        return FORM.matcher(printed).matches();
    }

    /** Parses the output of the script. Any other text means no sign-in, and is the reason. */
    static SignInStatus parse(String printed) {
        Matcher matcher = FORM.matcher(printed);
        if (!matcher.matches()) {
            return new SignInStatus(State.NONE, Optional.empty(), Duration.ZERO, printed);
        }
        return new SignInStatus(
                State.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)),
                Optional.of(matcher.group(3)).filter(text -> !text.isEmpty()).map(Integer::valueOf),
                Duration.ofSeconds(Math.max(0, Long.parseLong(matcher.group(4)))),
                matcher.group(1));
    }

    /** Checks whether a code can be submitted. */
    boolean waits() {
        return state == State.WAITING;
    }

    boolean succeeded() {
        return status.equals(Optional.of(0));
    }

    /** Returns the address of the sign-in page; empty before the CLI has asked for the code. */
    Optional<String> address() {
        return said.contains(QUESTION)
                ? Optional.of(ADDRESS.matcher(said)).filter(Matcher::find).map(Matcher::group)
                : Optional.empty();
    }

    /** Returns the last line that the CLI printed, after its request for a code if there was one. */
    String lastWords() {
        if (status.filter(TIMED_OUT::contains).isPresent()) {
            return "its time was over";
        }
        if (state == State.NONE && said.isBlank()) {
            return "it is not there any more";
        }
        String words = said.substring(said.indexOf(QUESTION) < 0 ? 0 : said.indexOf(QUESTION) + QUESTION.length());
        return words.strip().lines().reduce((first, second) -> second).orElse("it said nothing");
    }

    /** Returns a copy without any part of the submitted code, which an error may repeat. */
    SignInStatus without(Secret code) {
        String clean = said;
        for (String part : code.reveal().split("#")) {
            clean = clean.replace(part, "…");
        }
        return new SignInStatus(state, status, left, clean);
    }
}
