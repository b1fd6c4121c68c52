package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resources that a plan needs on the engine's machine in addition to those in use. Does not count containers that stay,
 * or that replace a running one with unchanged limits.
 *
 * @param newcomers containers that are added
 * @param joining networks that containers join, once for each container
 * @param workspaces directories in which agents' own workspaces are created, once for each workspace
 * @param buildsImage true if the bundled image is built
 */
public record ResourceDemand(
        List<Newcomer> newcomers, List<String> joining, List<Path> workspaces, boolean buildsImage) {

    /** Container that is added. */
    public record Newcomer(Role role, ResourceLimits.Least least) {}

    public ResourceDemand {
        newcomers = List.copyOf(newcomers);
        joining = List.copyOf(joining);
        workspaces = List.copyOf(workspaces);
    }

    /** @param observed resources that the plan was made for */
    public static ResourceDemand of(Plan plan, FleetSpec spec, ObservedFleet observed) {
        List<Newcomer> newcomers = new ArrayList<>();
        List<String> joining = new ArrayList<>();
        List<Path> workspaces = new ArrayList<>();
        boolean builds = false;
        for (Plan.Step step : plan.steps()) {
            if (step.operation() instanceof Operation.CreateContainer create) {
                newcomers.add(newcomer(create.role(), create.request()));
                joined(create.request()).ifPresent(joining::add);
                workspaceOf(create.request(), spec).ifPresent(workspaces::add);
            } else if (step.operation() instanceof Operation.ReplaceContainer replace) {
                Optional<ContainerObservation> former = former(replace, observed);
                if (former.isEmpty() || hasOtherLimits(former.get(), replace.request())) {
                    newcomers.add(newcomer(replace.role(), replace.request()));
                }
                if (former.isEmpty()) {
                    joined(replace.request()).ifPresent(joining::add);
                }
            } else if (step.operation() instanceof Operation.BuildImage build) {
                builds |= build.target().spec() instanceof ImageSpec.Bundled;
            }
        }
        return new ResourceDemand(newcomers, joining, workspaces, builds);
    }

    /** Returns true if the plan needs nothing. */
    public boolean isNothing() {
        return newcomers.isEmpty() && joining.isEmpty() && !buildsImage;
    }

    private static Optional<String> joined(ContainerRequest request) {
        return Optional.of(request.network())
                .filter(network -> !network.equals(NetworkAttachment.NONE))
                .map(NetworkAttachment::name)
                .filter(name -> !name.equals(NetworkAttachment.COMMON));
    }

    private static Newcomer newcomer(Role role, ContainerRequest request) {
        return new Newcomer(role, request.limits().least());
    }

    private static Optional<Path> workspaceOf(ContainerRequest request, FleetSpec spec) {
        String agent = request.labels().getOrDefault(Labels.AGENT, "");
        return spec.agents().stream()
                .filter(one -> one.name().value().equals(agent))
                .map(AgentSpec::workspace)
                .filter(workspace -> workspace.strategy().isOwn())
                .map(Workspace::origin)
                .map(origin -> origin.root())
                .findFirst();
    }

    /** Returns the running container that is replaced. An ended container holds no resources. */
    private static Optional<ContainerObservation> former(Operation.ReplaceContainer replace, ObservedFleet observed) {
        return observed.containers().stream()
                .filter(container -> container.id().equals(replace.formerId()))
                .filter(container -> container.state() == ContainerState.RUNNING)
                .findFirst();
    }

    private static boolean hasOtherLimits(ContainerObservation former, ContainerRequest request) {
        Fingerprint wanted = Fingerprint.parse(request.labels().getOrDefault(Labels.FINGERPRINT, ""));
        Fingerprint present = Fingerprint.parse(former.label(Labels.FINGERPRINT).orElse(""));
        return wanted.differencesFrom(present).contains(Aspect.LIMITS.value());
    }
}
