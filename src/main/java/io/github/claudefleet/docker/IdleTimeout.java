package io.github.claudefleet.docker;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.Durations;
import java.time.Duration;

/**
 * Timeout for streams without a limit of total time. Silence alone proves little, as a build step may print nothing for
 * long, so the engine is pinged.
 *
 * @param calls time limit of the ping
 * @param ping ping of the engine
 * @param glance silence after which it is pinged, repeatedly
 * @param most silence after which the stream fails even if the engine answers
 */
record IdleTimeout(TimedCalls calls, Runnable ping, Duration glance, Duration most) {

    /** Waits until the stream has ended, with or without a failure. */
    void await(String call, StreamCallback<?> stream) throws InterruptedException {
        while (!stream.awaitEnd(glance)) {
            Duration silence = stream.silence();
            if (silence.compareTo(most) >= 0) {
                throw givenUp(call, silence, "the engine answers, and says nothing of it", null);
            }
            if (silence.compareTo(glance) >= 0) {
                ask(call, silence);
            }
        }
    }

    private void ask(String call, Duration silence) {
        try {
            calls.control("ask whether the engine answers", ping);
        } catch (EngineException e) {
            throw givenUp(call, silence, "the engine doesn't answer any more", e);
        }
    }

    private static EngineException givenUp(String call, Duration silence, String why, EngineException cause) {
        return new EngineException(
                Kind.TIMED_OUT,
                call,
                "nothing was heard for " + Durations.toText(silence) + ", and " + why,
                "See whether the engine hangs (docker info), then run the goal again.",
                cause);
    }
}
