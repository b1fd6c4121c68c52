package io.github.claudefleet.auth;

import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.LocalTimes;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.QuotaPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Waits until an account's quota is available again, if so configured, up to the configured timeout. */
final class QuotaWait {

    /** Allowance for a difference between the service's clock and this one. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /**
     * Maximum length of one sleep, so that a suspended machine wakes up by the wall clock, not by the remaining time.
     */
    private static final Duration LONGEST_NAP = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final LoginSpec.Quota selector;
    private final LoginListener listener;
    private final InstantSource clock;
    private final LoginContext.Pause pause;
    private Optional<Instant> end = Optional.empty();
    private Optional<Instant> told = Optional.empty();
    private Duration nextPause = FIRST_PAUSE;

    QuotaWait(LoginSpec.Quota selector, LoginContext loginContext, LoginListener listener) {
        this.selector = selector;
        this.listener = listener;
        this.clock = loginContext.clock();
        this.pause = loginContext.pause();
    }

    /** Checks whether to wait because of this login status. */
    boolean isFor(LoginStatus verdict) {
        return selector.when() == QuotaPolicy.WAIT && verdict.kind() == Kind.OUT_OF_QUOTA;
    }

    /**
     * Waits until another check makes sense.
     *
     * @return time that was waited
     * @throws AuthFailedException if the wait would exceed the timeout
     */
    Duration await(LoginStatus verdict) throws InterruptedException {
        Instant begin = clock.instant();
        Instant last = end.orElse(begin.plus(selector.timeout()));
        end = Optional.of(last);
        Optional<Instant> reset = verdict.resetsAt().filter(begin::isBefore).map(time -> time.plus(MARGIN));
        if (reset.filter(last::isBefore).isPresent() || !begin.isBefore(last)) {
            throw new AuthFailedException(
                    verdict, "within auth.quotaTimeout (" + Durations.toText(selector.timeout()) + ")");
        }
        Instant until = reset.orElseGet(() -> earlier(begin.plus(growingPause()), last));
        tell(verdict, reset, last);
        while (clock.instant().isBefore(until)) {
            Duration left = Duration.between(clock.instant(), until);
            pause.sleep(left.compareTo(LONGEST_NAP) < 0 ? left : LONGEST_NAP);
        }
        return Duration.between(begin, clock.instant());
    }

    /** Reports once for each time of a reset, and once if none is known. */
    private void tell(LoginStatus verdict, Optional<Instant> reset, Instant last) {
        Instant until = reset.orElse(last);
        if (!told.equals(Optional.of(until))) {
            told = Optional.of(until);
            String when = (reset.isPresent() ? "until " : "at most until ") + LocalTimes.toText(until, clock.instant());
            listener.waitingForQuota(verdict.text(clock.instant()), when);
        }
    }

    private Duration growingPause() {
        Duration now = nextPause;
        Duration doubled = now.multipliedBy(2);
        nextPause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return now;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
