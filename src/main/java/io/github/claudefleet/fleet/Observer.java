package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import java.util.List;
import java.util.Optional;

/** Sees what a fleet has on the engine. */
final class Observer {

    private final ContainerEngine engine;

    Observer(ContainerEngine engine) {
        this.engine = engine;
    }

    ObservedFleet observe(FleetName fleet) {
        LabelSelector selector = LabelSelector.of(fleet);
        return new ObservedFleet(engine.containers(selector), engine.networks(selector), engine.volumes(selector));
    }

    /** What other fleets on the engine have that use the same login directory. */
    List<ContainerObservation> sharers(FleetSpec spec) {
        return spec
                .login()
                .directoryHash()
                .map(hash -> engine.containers(new LabelSelector(Labels.LOGIN_DIRECTORY, Optional.of(hash))))
                .orElse(List.of())
                .stream()
                .filter(container -> !container
                        .label(Labels.FLEET)
                        .equals(Optional.of(spec.name().value())))
                .toList();
    }

    /** The fleets that have a container on the engine. */
    List<FleetName> fleets() {
        return engine.containers(LabelSelector.anyFleet()).stream()
                .map(ContainerObservation::labels)
                .map(labels -> Optional.ofNullable(labels.get(Labels.FLEET)))
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .map(FleetName::new)
                .toList();
    }
}
