package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the fleets' resources from the engine. */
final class FleetObserver {

    private final ContainerEngine engine;

    FleetObserver(ContainerEngine engine) {
        this.engine = engine;
    }

    ObservedFleet observe(FleetId fleet) {
        return observe(LabelSelector.of(fleet));
    }

    /** Returns all selected resources as if they were one fleet. */
    ObservedFleet observe(LabelSelector selector) {
        List<ContainerObservation> containers = engine.containers().list(selector);
        List<String> volumes = engine.volumes().list(selector).stream()
                .filter(volume -> !isOfOne(volume, containers))
                .map(VolumeObservation::name)
                .toList();
        return new ObservedFleet(containers, engine.networks().list(selector), volumes);
    }

    /** Returns true for a volume that is removed with its container. It is left if somebody else removed that one. */
    private static boolean isOfOne(VolumeObservation volume, List<ContainerObservation> containers) {
        String owner = volume.labels().get(Labels.CONTAINER);
        return containers.stream().anyMatch(container -> container.name().equals(owner));
    }

    /** Returns the fleet's containers by their ids. */
    Map<String, ContainerObservation> containers(FleetId fleet) {
        return engine.containers().list(LabelSelector.of(fleet)).stream()
                .collect(Collectors.toMap(ContainerObservation::id, container -> container));
    }

    /** Returns the containers of other fleets on the engine that use the same login directory. */
    List<ContainerObservation> loginUsers(FleetSpec spec) {
        LabelSelector own = LabelSelector.of(spec.id());
        return spec
                .login()
                .directoryHash()
                .map(hash -> engine.containers().list(new LabelSelector(Labels.LOGIN_DIRECTORY, Optional.of(hash))))
                .orElse(List.of())
                .stream()
                .filter(container -> !own.chooses(container.labels()))
                .toList();
    }

    /** Returns the auth containers of a project's fleets of one name, whatever their lifetime. */
    List<ContainerObservation> authContainers(FleetId fleet) {
        return engine
                .containers()
                .list(new LabelSelector(Map.of(
                        Labels.FLEET, Optional.of(fleet.name().value()),
                        Labels.PROJECT, Optional.of(fleet.project().id()))))
                .stream()
                .filter(container -> Role.of(container) == Role.AUTH)
                .toList();
    }

    /** Returns agents of the project's other fleets, by the directory of their workspace on the host. */
    Map<String, ContainerObservation> otherWorkspaces(FleetId fleet) {
        LabelSelector own = LabelSelector.of(fleet);
        return engine
                .containers()
                .list(new LabelSelector(
                        Map.of(Labels.PROJECT, Optional.of(fleet.project().id()), Labels.WORKSPACE, Optional.empty())))
                .stream()
                .filter(container -> !own.chooses(container.labels()))
                .collect(Collectors.toMap(
                        container -> container.label(Labels.WORKSPACE).orElseThrow(),
                        container -> container,
                        (one, other) -> one));
    }
}
