package io.github.claudefleet.task;

import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.QuotaPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds back all launches while the account can't be used: for good where its login is dead, until its reset where its
 * quota is used up and that is to be waited for. After a reset one task goes first, and the others when it got an answer.
 */
final class CircuitBreaker {

    /** The service's clock and this one need not agree to the second. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** Between two looks where the service didn't say when. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final LoginSpec.Quota selector;
    private Optional<String> dead = Optional.empty();
    private Optional<Instant> openUntil = Optional.empty();
    private Optional<Instant> end = Optional.empty();

    CircuitBreaker(LoginSpec.Quota selector) {
        this.selector = selector;
    }

    /** Why nothing is ever begun again, where that is so. */
    Optional<String> dead() {
        return dead;
    }

    void loginDied(String reason) {
        dead = Optional.of("the login is not accepted any more (" + reason + ")");
    }

    /** Whether the task that met the end of the quota is to be begun again, once the breaker lets it. */
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

    /** Until when nothing is begun; empty where nothing is held back, or but one task may go. */
    Optional<Instant> holdsUntil(Instant now) {
        return openUntil.filter(now::isBefore);
    }

    /** Whether one task may go, to see whether the quota is there again. */
    boolean isProbing(Instant now) {
        return openUntil.isPresent() && !now.isBefore(openUntil.get());
    }

    /**
     * The model has answered somebody who began after the reset.
     *
     * @param began to the second, cut off
     */
    void answered(Instant began) {
        if (openUntil.filter(began.plusSeconds(1)::isAfter).isPresent()) {
            openUntil = Optional.empty();
            end = Optional.empty();
        }
    }
}
