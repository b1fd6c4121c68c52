package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.LoginMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Observation of an engine after the resources of a spec were created; single containers can be changed. */
final class ObservedFixture {

    static final ImageObservation IMAGE = new ImageObservation("sha256:one", Map.of());

    private ObservedFixture() {}

    /** Fleet with every container running. */
    static ObservedFleet from(FleetSpec spec) {
        List<ContainerObservation> containers =
                new ArrayList<>(List.of(running(requestFactory(spec).auth())));
        spec.agents()
                .forEach(agent -> containers.add(running(requestFactory(spec).agent(agent))));
        return fleet(spec, containers);
    }

    /** Fleet with one container in another state. */
    static ObservedFleet with(ObservedFleet fleet, String name, ContainerState state, Integer exitCode) {
        return change(
                fleet, name, former -> observation(former.name(), former.labels(), former.image(), state, exitCode));
    }

    /** Fleet with one container that has only these labels. */
    static ObservedFleet with(ObservedFleet fleet, String name, Map<String, String> labels) {
        return change(fleet, name, former -> observation(name, labels, former.image(), former.state(), null));
    }

    static ImageTarget target(FleetSpec spec) {
        return new ImageTarget(((ImageSpec.Named) spec.image()).name(), spec.image());
    }

    static ContainerRequestFactory requestFactory(FleetSpec spec) {
        return new ContainerRequestFactory(ResolvedFixture.of(spec, target(spec), IMAGE, ObservedFleet.NOTHING));
    }

    static ContainerObservation running(ContainerRequest request) {
        return observation(request.name(), request.labels(), request.image(), ContainerState.RUNNING, null);
    }

    private static ObservedFleet change(ObservedFleet fleet, String name, UnaryOperator<ContainerObservation> change) {
        List<ContainerObservation> containers = fleet.containers().stream()
                .map(container -> container.name().equals(name) ? change.apply(container) : container)
                .toList();
        return new ObservedFleet(containers, fleet.networks(), fleet.volumes());
    }

    private static ContainerObservation observation(
            String name, Map<String, String> labels, String image, ContainerState state, Integer exitCode) {
        return new ContainerObservation(
                "id-of-" + name,
                name,
                labels,
                image,
                IMAGE.id(),
                state,
                Optional.ofNullable(exitCode),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static ObservedFleet fleet(FleetSpec spec, List<ContainerObservation> containers) {
        ResourceNames names = new ResourceNames(spec.id());
        List<NetworkObservation> networks =
                spec.containers().network().existing().isPresent()
                        ? List.of()
                        : List.of(new NetworkObservation(
                                "id-of-" + names.network(),
                                names.network(),
                                spec.id().labels()));
        return new ObservedFleet(containers, networks, volumes(spec, names));
    }

    private static List<String> volumes(FleetSpec spec, ResourceNames names) {
        return spec.login().mode() == LoginMode.LOGIN
                ? List.of(names.kitVolume(spec.user()))
                : List.of(names.kitVolume(spec.user()), names.secretsVolume(spec.user()));
    }
}
