package io.github.claudefleet.standin;

import java.time.Duration;
import java.util.Optional;

/**
 * Refusal that a script has before one of its turns.
 *
 * @param behaviour response of the service; that of a used-up quota if {@code quota} is set
 * @param quota time until the quota is available again, for all agents; empty for another refusal
 * @param times number of requests that are refused
 */
record ScriptedFault(Behaviour behaviour, Optional<Duration> quota, int times) {

    static ScriptedFault quota(Duration time) {
        return new ScriptedFault(Behaviour.quota(0), Optional.of(time), 1);
    }

    static ScriptedFault error(Behaviour behaviour, int times) {
        return new ScriptedFault(behaviour, Optional.empty(), times);
    }
}
