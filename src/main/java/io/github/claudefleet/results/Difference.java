package io.github.claudefleet.results;

import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Figures of this run, each with its difference from the earlier run, such as {@code $0.52 (+$0.10)}.
 *
 * @param before figures of the earlier run; empty if it has none
 * @param after figures of this run; empty if it has none
 */
record Difference(Optional<Figures> before, Optional<Figures> after) {

    /** Number of decimals beyond which a difference of costs is not shown. */
    private static final int DECIMALS = 4;

    /** Returns time, cost, tokens in and tokens out. */
    List<String> texts() {
        Figures old = before.orElse(Figures.NONE);
        Figures now = after.orElse(Figures.NONE);
        return List.of(
                cell(Durations.toText(now.took()), time(now.took().minus(old.took()))),
                cell(
                        now.cost().toString(),
                        cost(now.cost().amount().subtract(old.cost().amount()))),
                cell(count(now.tokensIn()), number(now.tokensIn() - old.tokensIn())),
                cell(count(now.tokensOut()), number(now.tokensOut() - old.tokensOut())));
    }

    private String cell(String value, String difference) {
        return (after.isPresent() ? value : "–") + (difference.isEmpty() ? "" : " (" + difference + ")");
    }

    private static String time(Duration difference) {
        // A fraction of a second tells nothing about a task.
        return difference.abs().toSeconds() == 0
                ? ""
                : (difference.isNegative() ? "-" : "+") + Durations.toText(difference.abs());
    }

    private static String cost(BigDecimal difference) {
        BigDecimal rounded = difference.setScale(DECIMALS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "" : sign(rounded.signum()) + new Usd(rounded.abs());
    }

    private static String number(long difference) {
        return difference == 0 ? "" : sign(Long.signum(difference)) + count(Math.abs(difference));
    }

    private static String sign(int signum) {
        return signum < 0 ? "-" : "+";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
