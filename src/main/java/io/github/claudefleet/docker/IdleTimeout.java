package io.github.claudefleet.docker;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.Durations;
import java.time.Duration;

/**
 * When to give up a stream that takes as long as it takes. Silence alone says little, as a step of a build may print nothing
 * for long: so the engine is asked whether it still answers.
 *
 * @param calls give the question its limit
 * @param ping asks the engine
 * @param glance the silence after which it is asked, again and again
 * @param most the silence that is too much from an engine that answers as well
 */
record IdleTimeout(TimedCalls calls, Runnable ping, Duration glance, Duration most) {

    /** Returns when the stream has ended, however it did. */
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
