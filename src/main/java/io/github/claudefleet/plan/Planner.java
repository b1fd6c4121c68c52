package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.plan.Plan.Step;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.PullPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares a fleet's spec with its observed resources, and plans the difference. */
public final class Planner {

    /** Plans the build or pull of the image; empty if the image exists and no newer one is requested. */
    public Plan image(ImageTarget target, Optional<ImageObservation> observed) {
        if (target.spec() instanceof ImageSpec.Named named) {
            return named(named, observed);
        }
        Operation build = new Operation.BuildImage(target);
        if (target.spec() instanceof ImageSpec.FromDockerfile) {
            return Plan.of(build, Cause.OWN_DOCKERFILE);
        }
        if (target.spec().pull() == PullPolicy.ALWAYS) {
            return Plan.of(build, Cause.PULL_ALWAYS);
        }
        return observed.isPresent() ? Plan.NOTHING : Plan.of(build, Cause.NOT_ON_ENGINE);
    }

    private static Plan named(ImageSpec.Named named, Optional<ImageObservation> observed) {
        Operation pull = new Operation.PullImage(named.name());
        return switch (named.pull()) {
            case ALWAYS -> Plan.of(pull, Cause.PULL_ALWAYS);
            case NEVER -> Plan.NOTHING;
            case MISSING -> observed.isPresent() ? Plan.NOTHING : Plan.of(pull, Cause.NOT_ON_ENGINE);
        };
    }

    /**
     * Plans the auth container, and the gateway if the fleet has one, with network and volumes; the agents stay as they
     * are.
     */
    public Plan auth(ResolvedFleet fleet) {
        return ground(fleet).then(authContainers(fleet));
    }

    /** Plans the network and the volumes, which come before all containers. */
    public Plan ground(ResolvedFleet fleet) {
        return Plan.of(groundSteps(fleet), List.of());
    }

    /** Plans the auth container, and the gateway if the fleet has one. */
    public Plan authContainers(ResolvedFleet fleet) {
        ContainerRequestFactory requestFactory = requests(fleet);
        ObservedFleet observed = fleet.observed();
        List<Step> steps = new ArrayList<>(bringUp(Role.AUTH, requestFactory.auth(), observed.auth()));
        if (fleet.spec().hasGateway()) {
            steps.addAll(bringUp(Role.GATEWAY, requestFactory.gateway(), observed.gateway()));
        }
        return Plan.of(steps, List.of());
    }

    /** Plans the agents as the pom configures them, and the removal of those that it no longer has. */
    public Plan agents(ResolvedFleet fleet) {
        FleetSpec spec = fleet.spec();
        ObservedFleet observed = fleet.observed();
        ContainerRequestFactory requestFactory = requests(fleet);
        List<Step> steps = new ArrayList<>(superfluous(spec, observed));
        for (AgentSpec agent : spec.agents()) {
            steps.addAll(bringUp(Role.AGENT, requestFactory.agent(agent), observed.agent(agent.name())));
        }
        return Plan.of(steps, unusedGateway(spec, observed)).then(Plan.of(leftovers(fleet), List.of()));
    }

    private static ContainerRequestFactory requests(ResolvedFleet fleet) {
        return new ContainerRequestFactory(fleet);
    }

    /** Plans the removal of all resources of the fleet. */
    public Plan stop(ObservedFleet observed) {
        List<Step> containers = observed.containers().stream()
                .map(container -> step(remove(container), Cause.STOPPING))
                .toList();
        List<Step> ground = new ArrayList<>();
        observed.networks()
                .forEach(network ->
                        ground.add(step(new Operation.RemoveNetwork(network.id(), network.name()), Cause.STOPPING)));
        observed.volumes().forEach(volume -> ground.add(step(new Operation.RemoveVolume(volume), Cause.STOPPING)));
        return Plan.of(containers, ground);
    }

    private static List<Step> groundSteps(ResolvedFleet fleet) {
        ObservedFleet observed = fleet.observed();
        List<Step> steps = new ArrayList<>();
        fleet.networks().stream()
                .filter(request -> observed.networks().stream()
                        .noneMatch(network -> network.name().equals(request.name())))
                .forEach(request -> steps.add(step(new Operation.CreateNetwork(request), Cause.ABSENT)));
        Volumes.of(fleet).stream()
                .filter(request -> !observed.volumes().contains(request.name()))
                .forEach(request -> steps.add(step(new Operation.CreateVolume(request), Cause.ABSENT)));
        return steps;
    }

    private static List<Step> bringUp(Role role, ContainerRequest request, Optional<ContainerObservation> observed) {
        if (observed.isEmpty()) {
            return List.of(step(new Operation.CreateContainer(role, request), Cause.ABSENT));
        }
        ContainerObservation former = observed.get();
        return ReplacementCheck.cause(former, request)
                .map(cause -> step(new Operation.ReplaceContainer(role, former.id(), request), cause))
                .stream()
                .toList();
    }

    private static List<Step> superfluous(FleetSpec spec, ObservedFleet observed) {
        Set<String> wanted = spec.agents().stream()
                .map(AgentSpec::name)
                .map(AgentName::value)
                .collect(Collectors.toSet());
        return observed.agents().stream()
                .filter(agent -> !wanted.contains(agent.label(Labels.AGENT).orElse("")))
                .map(agent -> step(remove(agent), Cause.NOT_IN_POM))
                .toList();
    }

    private static List<Step> unusedGateway(FleetSpec spec, ObservedFleet observed) {
        return spec.hasGateway()
                ? List.of()
                : observed.gateway().map(gateway -> step(remove(gateway), Cause.UNUSED)).stream()
                        .toList();
    }

    /** Plans the removal of networks and volumes of an earlier configuration, once no container uses them. */
    private static List<Step> leftovers(ResolvedFleet fleet) {
        ObservedFleet observed = fleet.observed();
        List<Step> steps = new ArrayList<>();
        List<String> networks =
                fleet.networks().stream().map(NetworkRequest::name).toList();
        observed.networks().stream()
                .filter(network -> !networks.contains(network.name()))
                .forEach(network ->
                        steps.add(step(new Operation.RemoveNetwork(network.id(), network.name()), Cause.UNUSED)));
        List<String> wanted =
                Volumes.of(fleet).stream().map(VolumeRequest::name).toList();
        observed.volumes().stream()
                .filter(volume -> !wanted.contains(volume))
                .forEach(volume -> steps.add(step(new Operation.RemoveVolume(volume), Cause.UNUSED)));
        return steps;
    }

    private static Operation remove(ContainerObservation container) {
        return new Operation.RemoveContainer(Role.of(container), container.id(), container.name());
    }

    private static Step step(Operation operation, Cause cause) {
        return new Step(operation, cause);
    }
}
