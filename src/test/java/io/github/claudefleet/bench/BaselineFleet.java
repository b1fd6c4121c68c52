package io.github.claudefleet.bench;

import io.github.claudefleet.converge.Parallel;
import io.github.claudefleet.docker.RequestBodies;
import io.github.claudefleet.engine.ContainerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Containers of a fleet, created, started and removed without anything else: no readiness check, login or log. */
final class BaselineFleet {

    private final BaselineEngine engine;
    private final int atOnce;
    private final Map<String, byte[]> bodies = new TreeMap<>();
    private List<String> ids = List.of();

    private BaselineFleet(
            BaselineEngine engine,
            int atOnce,
            List<ContainerRequest> requests,
            Function<ContainerRequest, byte[]> body) {
        this.engine = engine;
        this.atOnce = atOnce;
        requests.forEach(request -> bodies.put(request.name(), body.apply(request)));
    }

    /** Containers exactly as the fleet requests them. */
    static BaselineFleet alike(BaselineEngine engine, int atOnce, List<ContainerRequest> requests, int cpus) {
        return new BaselineFleet(engine, atOnce, requests, request -> RequestBodies.create(request, cpus));
    }

    /** Containers without limits, init process and hardening. */
    static BaselineFleet plain(BaselineEngine engine, int atOnce, List<ContainerRequest> requests, int cpus) {
        return new BaselineFleet(engine, atOnce, requests, request -> RequestBodies.createPlain(request, cpus));
    }

    void up() throws InterruptedException {
        ids = Parallel.map(List.copyOf(bodies.entrySet()), atOnce, body -> {
            String id = engine.create(body.getKey(), body.getValue());
            engine.start(id);
            return id;
        });
    }

    void down() throws InterruptedException {
        Parallel.map(ids, atOnce, id -> {
            engine.remove(id);
            return id;
        });
    }
}
