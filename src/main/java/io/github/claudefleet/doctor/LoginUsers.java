package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.spec.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Other fleets that use the login.
 *
 * @param runningAgents number of running agents, by the fleet's name
 */
public record LoginUsers(Map<String, Long> runningAgents) {

    /** Returns the fleets that own these containers. */
    public static LoginUsers of(List<ContainerObservation> containers) {
        return new LoginUsers(containers.stream()
                .filter(container -> container.label(Labels.FLEET).isPresent())
                .collect(Collectors.groupingBy(
                        container -> container.label(Labels.FLEET).orElseThrow(),
                        TreeMap::new,
                        Collectors.filtering(LoginUsers::isAgentAtWork, Collectors.counting()))));
    }

    /** Returns a fleet whose agents would lose the login if it were ended; empty if there is none. */
    public Optional<String> working() {
        return runningAgents.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Finding finding() {
        String others = runningAgents.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " agents up)")
                .collect(Collectors.joining(", "));
        return Finding.pass(
                "other fleets",
                others.isEmpty() ? "none on this engine uses this login" : others + ": on this login, too");
    }

    private static boolean isAgentAtWork(ContainerObservation container) {
        return container.state() == ContainerState.RUNNING
                && container.label(Labels.AGENT).isPresent();
    }
}
