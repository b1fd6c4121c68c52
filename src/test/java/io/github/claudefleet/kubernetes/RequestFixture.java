package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Requests for a container, each different from an agent's in one point. */
record RequestFixture(
        String name, List<String> command, List<Mount> mounts, ResourceLimits limits, Hardening hardening) {

    static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");
    static final String DIRECTORY = "io.github.claudefleet.directory";
    static final String FLEET = "io.github.claudefleet.fleet";

    static RequestFixture named(String name) {
        return new RequestFixture(
                name,
                List.of("sleep", "600"),
                List.of(new Mount.Scratch("/tmp")),
                ResourceLimits.of(Optional.of(new MemorySize(64L << 20)), Optional.of(0.5), Optional.empty()),
                Hardening.DEFAULT);
    }

    RequestFixture running(String script) {
        return new RequestFixture(name, List.of("sh", "-c", script), mounts, limits, hardening);
    }

    RequestFixture with(Mount... others) {
        return new RequestFixture(name, command, List.of(others), limits, hardening);
    }

    RequestFixture with(Hardening other) {
        return new RequestFixture(name, command, mounts, limits, other);
    }

    RequestFixture with(ResourceLimits other) {
        return new RequestFixture(name, command, mounts, other, hardening);
    }

    ContainerRequest request() {
        return request(IMAGE, Lifecycle.ONCE);
    }

    ContainerRequest request(String image, Lifecycle lifecycle) {
        return new ContainerRequest(
                name,
                image,
                new ContainerUser(1000, 1000),
                command,
                new TreeMap<>(Map.of("GREETING", "hello $(HOME)")),
                new TreeMap<>(Map.of(FLEET, "shop", DIRECTORY, "/home/ann/shop: the old one")),
                mounts,
                "/tmp",
                new NetworkAttachment("shop"),
                limits,
                hardening,
                lifecycle);
    }
}
