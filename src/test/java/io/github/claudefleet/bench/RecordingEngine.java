package io.github.claudefleet.bench;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineCalls;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Engine that records the requests to create containers. */
final class RecordingEngine {

    private final ContainerEngine engine;
    private final List<ContainerRequest> requests = new CopyOnWriteArrayList<>();

    RecordingEngine(ContainerEngine engine) {
        this.engine = engine;
    }

    ContainerEngine asEngine() {
        return EngineCalls.of(engine, (call, arguments) -> {
            if (call.equals("containers.create")) {
                requests.add((ContainerRequest) arguments[0]);
            }
        });
    }

    /** Requests so far. */
    List<ContainerRequest> requests() {
        return List.copyOf(requests);
    }
}
