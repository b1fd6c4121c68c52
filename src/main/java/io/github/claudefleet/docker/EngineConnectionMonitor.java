package io.github.claudefleet.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Event;
import io.github.claudefleet.engine.LogStream;
import java.time.Duration;

/** Event stream without events, which ends when the engine does. */
final class EngineConnectionMonitor implements LogStream {

    private final String call;
    private final ErrorTranslator errors;
    private final StreamCallback<Event> events = new StreamCallback<>() {
        @Override
        void take(Event event) {}
    };

    EngineConnectionMonitor(String call, ErrorTranslator errors) {
        this.call = call;
        this.errors = errors;
    }

    StreamCallback<Event> callback() {
        return events;
    }

    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        boolean ended = events.awaitEnd(limit);
        events.failure().filter(DockerException.class::isInstance).ifPresent(refusal -> {
            throw errors.translate(call, refusal);
        });
        return ended;
    }

    @Override
    public void close() {
        events.close();
    }
}
