package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.host.Liveness;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Identifies the fleets on an engine: the one that a goal operates on, those of others, and orphans. */
final class FleetRegistry {

    private final ContainerEngine engine;
    private final Function<ProcessIdentity, Liveness> presences;
    private final BuildContainer buildContainer;

    /** @param presences liveness of a fleet's owner process */
    FleetRegistry(ContainerEngine engine, Function<ProcessIdentity, Liveness> presences) {
        this.engine = engine;
        this.presences = presences;
        this.buildContainer = new BuildContainer(engine);
    }

    /** Selects the fleet to create: a build joins its project's detached fleet if that is up. */
    FleetId toMake(FleetId asked) {
        FleetId detached = asked.of(Lifetime.DETACHED);
        return asked.lifetime() == Lifetime.BUILD && isThere(detached) ? detached : asked;
    }

    /**
     * Selects the existing fleet: this build's own, the project's detached one, or else the only one of a build of the
     * project. In all other cases, returns the id of the detached one.
     */
    FleetId present(FleetId asked) {
        return own(asked).orElseGet(() -> {
            List<DiscoveredFleet> builds = ofProject(asked);
            return builds.size() == 1 ? builds.get(0).id() : asked.of(Lifetime.DETACHED);
        });
    }

    /** Returns this build's own fleet, or the project's detached one; empty if neither exists. */
    Optional<FleetId> own(FleetId asked) {
        return Stream.of(asked.of(Lifetime.BUILD), asked.of(Lifetime.DETACHED))
                .filter(this::isThere)
                .findFirst();
    }

    /** Selects the fleets to stop. */
    List<FleetId> toStop(FleetSelector selector) {
        if (selector.allProjects()) {
            return called(selector.id()).stream().map(DiscoveredFleet::id).toList();
        }
        return own(selector.id()).or(() -> selector.anywhere() ? onlyOne(selector.id()) : Optional.empty()).stream()
                .toList();
    }

    /** Selects the fleet to show. */
    FleetId toShow(FleetSelector selector) {
        FleetId present = present(selector.id());
        return selector.anywhere() && !isThere(present) ? onlyOne(selector.id()).orElse(present) : present;
    }

    /** Returns the only detached fleet of that name, for a call from a directory without a project. */
    private Optional<FleetId> onlyOne(FleetId asked) {
        List<DiscoveredFleet> detached = called(asked).stream()
                .filter(one -> one.id().lifetime() == Lifetime.DETACHED)
                .toList();
        if (detached.size() > 1) {
            throw new InvalidSpecException(
                    "name",
                    "\"" + asked + "\" is the name of several fleets: "
                            + detached.stream().map(DiscoveredFleet::text).collect(Collectors.joining(", ")),
                    "Run this in the directory of the one that you mean.");
        }
        return detached.stream().map(DiscoveredFleet::id).findFirst();
    }

    /** Returns all fleets of that name, of any project and build. */
    List<DiscoveredFleet> called(FleetId asked) {
        return distinct(LabelSelector.of(asked.name()));
    }

    /** Returns all fleets. */
    List<DiscoveredFleet> all() {
        return distinct(LabelSelector.anyFleet());
    }

    /** Returns the fleets that should have ended with builds that are over. */
    List<DiscoveredFleet> leftBehind() {
        return distinct(LabelSelector.ofBuilds()).stream()
                .filter(DiscoveredFleet::isLeftBehind)
                .toList();
    }

    /** Returns the fleet that owns a resource with these labels. */
    Optional<DiscoveredFleet> of(Map<String, String> labels) {
        return DiscoveredFleet.of(labels, presences).map(this::judged);
    }

    private DiscoveredFleet judged(DiscoveredFleet discovered) {
        return isOver(discovered) ? discovered.dead() : discovered;
    }

    /** Asks the engine about a build's container if the build's process can't be seen from here. */
    private boolean isOver(DiscoveredFleet discovered) {
        Optional<String> container = discovered.id().buildIdentity().container();
        return discovered.liveness() == Liveness.UNKNOWN
                && container.map(buildContainer::isOver).orElse(false);
    }

    private List<DiscoveredFleet> ofProject(FleetId asked) {
        return called(asked).stream()
                .filter(one -> one.id().project().id().equals(asked.project().id()))
                .toList();
    }

    private boolean isThere(FleetId fleet) {
        return !labels(LabelSelector.of(fleet)).isEmpty();
    }

    private List<DiscoveredFleet> distinct(LabelSelector selector) {
        return labels(selector).stream()
                .flatMap(labels -> DiscoveredFleet.of(labels, presences).stream())
                .collect(Collectors.toMap(one -> one.id().selectingLabels(), one -> one, (one, other) -> one))
                .values()
                .stream()
                .map(this::judged)
                .sorted(Comparator.comparing(DiscoveredFleet::text))
                .toList();
    }

    private List<Map<String, String>> labels(LabelSelector selector) {
        return Stream.of(
                        engine.containers().labels(selector).stream(),
                        engine.networks().list(selector).stream().map(NetworkObservation::labels),
                        engine.volumes().list(selector).stream().map(VolumeObservation::labels))
                .flatMap(kind -> kind)
                .toList();
    }
}
