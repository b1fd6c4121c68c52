package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Parallel;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the agents' output: one agent after the other or, if followed, all at once. */
final class LogsReader {

    private static final Duration READ_LIMIT = Duration.ofMinutes(5);
    private static final Duration FOLLOW_LIMIT = Duration.ofDays(7);

    private final ContainerEngine engine;
    private final OutputListener listener;

    LogsReader(ContainerEngine engine, OutputListener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    void read(FleetName fleet, ObservedFleet observed, LogsRequest selector) throws InterruptedException {
        List<ContainerObservation> containers = choose(fleet, observed, selector);
        if (containers.isEmpty()) {
            listener.table(
                    List.of("Fleet " + fleet + " has no agents on the engine. Start it with: mvn claude-fleet:start"));
        }
        int width = containers.stream()
                .mapToInt(container -> nameOf(container).length())
                .max()
                .orElse(0);
        int atOnce = selector.follow() ? Math.max(1, containers.size()) : 1;
        Parallel.map(containers, atOnce, container -> read(container, width, selector));
    }

    private boolean read(ContainerObservation container, int width, LogsRequest selector) throws InterruptedException {
        boolean follow = selector.follow() && container.state() == ContainerState.RUNNING;
        LogRequest request = new LogRequest(container.id(), follow, selector.tail());
        String name = nameOf(container);
        try (LogStream stream = engine.logs().read(request, line -> listener.agentLine(name, width, line))) {
            return stream.awaitEnd(follow ? FOLLOW_LIMIT : READ_LIMIT);
        }
    }

    private static List<ContainerObservation> choose(FleetName fleet, ObservedFleet observed, LogsRequest selector) {
        if (selector.agents().isEmpty()) {
            return observed.agents();
        }
        return selector.agents().stream()
                .map(name -> find(fleet, observed, name))
                .toList();
    }

    private static ContainerObservation find(FleetName fleet, ObservedFleet observed, String name) {
        return observed.inOrder().stream()
                .filter(container -> nameOf(container).equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        "agent", "\"" + name + "\" has no container in fleet " + fleet, suggestion(observed)));
    }

    private static String suggestion(ObservedFleet observed) {
        List<ContainerObservation> there = observed.inOrder();
        return there.isEmpty()
                ? "The fleet is not up; start it with mvn claude-fleet:start."
                : "There are: " + there.stream().map(LogsReader::nameOf).collect(Collectors.joining(", ")) + ".";
    }

    private static String nameOf(ContainerObservation container) {
        return Role.nameOf(container);
    }
}
