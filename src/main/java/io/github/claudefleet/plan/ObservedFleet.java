package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Labels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fleet as the engine has it, by label.
 *
 * @param containers in the order of their names
 * @param networks in the order of their names
 * @param volumes names, in order
 */
public record ObservedFleet(
        List<ContainerObservation> containers, List<NetworkObservation> networks, List<String> volumes) {

    /** Nothing at all. */
    public static final ObservedFleet NOTHING = new ObservedFleet(List.of(), List.of(), List.of());

    /** The auth container, if there is one. */
    public Optional<ContainerObservation> auth() {
        return containers.stream()
                .filter(container -> Role.of(container) == Role.AUTH)
                .findFirst();
    }

    /** The agents' containers. */
    public List<ContainerObservation> agents() {
        return containers.stream()
                .filter(container -> Role.of(container) == Role.AGENT)
                .toList();
    }

    /** All containers, the auth container first. */
    public List<ContainerObservation> inOrder() {
        return Stream.concat(auth().stream(), agents().stream()).toList();
    }

    /** One agent's container, if there is one. */
    public Optional<ContainerObservation> agent(AgentName name) {
        return agents().stream()
                .filter(container -> container.label(Labels.AGENT).equals(Optional.of(name.value())))
                .findFirst();
    }

    /** What of it was not there before. */
    public ObservedFleet without(ObservedFleet before) {
        return new ObservedFleet(
                containers.stream()
                        .filter(one -> before.containers.stream()
                                .noneMatch(other -> other.id().equals(one.id())))
                        .toList(),
                networks.stream()
                        .filter(one -> before.networks.stream()
                                .noneMatch(other -> other.id().equals(one.id())))
                        .toList(),
                volumes.stream().filter(one -> !before.volumes.contains(one)).toList());
    }

    public boolean isEmpty() {
        return containers.isEmpty() && networks.isEmpty() && volumes.isEmpty();
    }
}
