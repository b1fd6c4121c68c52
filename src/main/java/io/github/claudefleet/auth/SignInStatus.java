package io.github.claudefleet.auth;

import io.github.claudefleet.spec.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a sign-in is, as {@code signin.sh} tells.
 *
 * @param state whether there is one
 * @param status the CLI's exit status; empty while it runs
 * @param left how long it still waits for a code
 * @param said all that the CLI said
 */
record SignInStatus(State state, Optional<Integer> status, Duration left, String said) {

    /** Whether there is a sign-in. */
    enum State {
        NONE,
        WAITING,
        ENDED
    }

    private static final Pattern FORM =
            Pattern.compile("(.*)\nstate=(none|waiting|ended)\nstatus=(\\d*)\nleft=(-?\\d+)\n", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");
    /** How {@code timeout} ends, GNU's and BusyBox's. */
    private static final Set<Integer> TIMED_OUT = Set.of(124, 143);

    private static final String QUESTION = "Paste code here if prompted >";

    /** Whether the script has printed all that it has to say. */
    static boolean isWhole(String printed) {
        return FORM.matcher(printed).matches();
    }

    /** Reads what the script printed; anything else is no sign-in, and the reason why. */
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

    /** Whether a code can be handed in. */
    boolean waits() {
        return state == State.WAITING;
    }

    boolean succeeded() {
        return status.equals(Optional.of(0));
    }

    /** Where a person signs in; empty before the CLI has said so. */
    Optional<String> address() {
        return said.contains(QUESTION)
                ? Optional.of(ADDRESS.matcher(said)).filter(Matcher::find).map(Matcher::group)
                : Optional.empty();
    }

    /** What the CLI said last, after it asked for a code if it did; a line. */
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

    /** The same without a trace of what was handed in, which some error may repeat. */
    SignInStatus without(Secret code) {
        String clean = said;
        for (String part : code.reveal().split("#")) {
            clean = clean.replace(part, "…");
        }
        return new SignInStatus(state, status, left, clean);
    }
}
