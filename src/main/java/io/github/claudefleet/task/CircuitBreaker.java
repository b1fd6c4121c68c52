package io.github.claudefleet.task;

import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.QuotaPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds back all launches while the account can't be used: permanently if its login is dead, until the reset if its
 * quota is used up and to be waited for. After a reset one task goes first, the others once it got an answer.
 */
final class CircuitBreaker {

    /** Allowance for a difference between the service's clock and this one. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** Pause between two tries if the service reported no reset time. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final LoginSpec.Quota selector;
    private Optional<String> dead = Optional.empty();
    private Optional<Instant> openUntil = Optional.empty();
    private Optional<Instant> end = Optional.empty();

    CircuitBreaker(LoginSpec.Quota selector) {
        this.selector = selector;
    }

    /** Returns the reason why nothing is launched any more, if any. */
    Optional<String> dead() {
        return dead;
    }

    void loginDied(String reason) {
        dead = Optional.of("the login is not accepted any more (" + reason + ")");
    }

    /** Records an exhausted quota. Returns true if the task is to be launched again after it. */
    boolean quotaReached(TaskResult taskResult, Instant now) {
        Instant last = end.orElse(now.plus(selector.timeout()));
        Instant until = taskResult.resetsAt().map(time -> time.plus(MARGIN)).orElse(now.plus(PAUSE));
        if (selector.when() != QuotaPolicy.WAIT || until.isAfter(last)) {
            dead = Optional.of("the account's quota is used up (" + taskResult.reason() + ")");
            return false;
        }
        end = Optional.of(last);
        openUntil = Optional.of(openUntil.filter(until::isBefore).orElse(until));
        return true;
    }

    /** Returns the time until which nothing is launched; empty if nothing is held back, or one task may go. */
    Optional<Instant> holdsUntil(Instant now) {
        return openUntil.filter(now::isBefore);
    }

    /** Checks whether one task may go, to test whether the quota is available again. */
    boolean isProbing(Instant now) {
        return openUntil.isPresent() && !now.isBefore(openUntil.get());
    }

    /**
     * Closes the breaker if the model has answered an attempt that began after the reset.
     *
     * @param began start of the attempt, truncated to the second
     */
    void answered(Instant began) {
        if (openUntil.filter(began.plusSeconds(1)::isAfter).isPresent()) {
            openUntil = Optional.empty();
            end = Optional.empty();
        }
    }
}
