package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Labels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Resources of a fleet on the engine, found by label.
 *
 * @param containers containers in the order of their names
 * @param networks networks in the order of their names
 * @param volumes names of the volumes, in order
 */
public record ObservedFleet(
        List<ContainerObservation> containers, List<NetworkObservation> networks, List<String> volumes) {

    /** Fleet without any resource. */
    public static final ObservedFleet NOTHING = new ObservedFleet(List.of(), List.of(), List.of());

    /** Returns the auth container, if there is one. */
    public Optional<ContainerObservation> auth() {
        return containers.stream()
                .filter(container -> Role.of(container) == Role.AUTH)
                .findFirst();
    }

    /** Returns the gateway's container, if there is one. */
    public Optional<ContainerObservation> gateway() {
        return containers.stream()
                .filter(container -> Role.of(container) == Role.GATEWAY)
                .findFirst();
    }

    /** Returns the agents' containers. */
    public List<ContainerObservation> agents() {
        return containers.stream()
                .filter(container -> Role.of(container) == Role.AGENT)
                .toList();
    }

    /** Returns all containers, the auth container first, then the gateway. */
    public List<ContainerObservation> inOrder() {
        return Stream.of(auth().stream(), gateway().stream(), agents().stream())
                .flatMap(one -> one)
                .toList();
    }

    /** Returns an agent's container, if there is one. */
    public Optional<ContainerObservation> agent(AgentName name) {
        return agents().stream()
                .filter(container -> container.label(Labels.AGENT).equals(Optional.of(name.value())))
                .findFirst();
    }

    /** Returns the resources that did not exist before. */
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
