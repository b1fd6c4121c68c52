package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.ResourceLimits;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates the request for each container of a fleet. */
final class ContainerRequestFactory {

    private final ResolvedFleet fleet;
    private final FleetSpec spec;
    private final ContainerSpec containers;
    private final String imageReference;
    private final ResourceNames names;
    private final ContainerLabels labels;
    private final ContainerEnvironment environment;
    private final ContainerMounts mounts;

    ContainerRequestFactory(ResolvedFleet fleet) {
        this.fleet = fleet;
        this.spec = fleet.spec();
        this.containers = spec.containers();
        this.imageReference = fleet.target().reference();
        this.names = new ResourceNames(spec.id());
        this.labels = new ContainerLabels(spec);
        this.environment = new ContainerEnvironment(fleet);
        this.mounts = new ContainerMounts(spec, names, fleet.image());
    }

    ContainerRequest auth() {
        Draft draft = new Draft(names.auth(), labels.ofAuth(), AgentCommand.ofAuth(), "/");
        draft.environment = environment.ofAuth();
        draft.mounts = mounts.ofAuth();
        draft.lifecycle = Lifecycles.ofAuth();
        return draft.request();
    }

    /** Returns the request for the gateway. Its CA and policy are not in it, so that they can change while it runs. */
    ContainerRequest gateway() {
        Draft draft = new Draft(names.gateway(), labels.ofGateway(fleet.key()), AgentCommand.ofGateway(), "/");
        draft.image = fleet.gatewayImage().reference();
        draft.environment = environment.ofGateway();
        draft.mounts = mounts.ofGateway();
        draft.limits = ResourceLimits.GATEWAY;
        draft.hardening = containers.hardening().withReadOnlyRootfs(true);
        draft.lifecycle = Lifecycles.ofGateway();
        return draft.request();
    }

    ContainerRequest agent(AgentSpec agent) {
        Draft draft = new Draft(
                names.agent(agent.name()),
                labels.of(agent),
                AgentCommand.of(agent),
                agent.workspace().workingDirectory());
        draft.environment = environment.of(agent);
        draft.prompt = agent.prompt().map(Prompt::text).orElseGet(() -> tasksOf(agent));
        draft.identity = AgentCommand.identity(agent);
        draft.mounts = Stream.concat(mounts.of(agent).stream(), new RelayMounts(fleet).of(agent).stream())
                .toList();
        draft.hardening = agent.hardening(containers.hardening());
        draft.limits = agent.limits();
        draft.network = fleet.network(agent);
        return draft.request();
    }

    /** Lists the agent's tasks. Their state is in the container, so other tasks need another container. */
    private String tasksOf(AgentSpec agent) {
        return spec.work().tasksOf(agent.name()).stream()
                .map(task -> task.id() + " " + task.promptHash())
                .collect(Collectors.joining("\n"));
    }

    /** Collects the differences between roles; everything else is common to the fleet. */
    private final class Draft {

        private final String name;
        private final SortedMap<String, String> labels;
        private final List<String> command;
        private final String workingDirectory;
        private List<String> identity;
        private List<Mount> mounts = List.of();
        private SortedMap<String, String> environment = new TreeMap<>();
        private ResourceLimits limits = ResourceLimits.DEFAULT;
        private Hardening hardening = containers.hardening();
        private String prompt = "";
        private Lifecycle lifecycle = Lifecycles.ofAgent();
        private String image = imageReference;
        private NetworkAttachment network = fleet.network();

        Draft(String name, SortedMap<String, String> labels, List<String> command, String workingDirectory) {
            this.name = name;
            this.labels = labels;
            this.command = command;
            this.identity = command;
            this.workingDirectory = workingDirectory;
        }

        ContainerRequest request() {
            labels.put(Labels.FINGERPRINT, Fingerprint.of(aspects()).toLabel());
            return new ContainerRequest(
                    name,
                    image,
                    containers.user(),
                    command,
                    environment,
                    labels,
                    mounts,
                    workingDirectory,
                    network,
                    limits,
                    hardening,
                    lifecycle);
        }

        private Map<Aspect, Object> aspects() {
            Map<Aspect, Object> aspects = new EnumMap<>(Aspect.class);
            aspects.put(Aspect.IMAGE, image + imageId());
            aspects.put(Aspect.PROMPT, prompt);
            aspects.put(Aspect.COMMAND, identity);
            aspects.put(Aspect.ENVIRONMENT, environment);
            aspects.put(Aspect.MOUNTS, mounts);
            aspects.put(Aspect.NETWORK, network.name() + network.extraHosts());
            aspects.put(Aspect.USER, containers.user());
            aspects.put(Aspect.LIMITS, limits.caps());
            aspects.put(Aspect.HARDENING, hardening + lifecycle.health().toString());
            aspects.put(Aspect.RESTART_POLICY, lifecycle.restartPolicy());
            return aspects;
        }

        /** Returns the image's id; the gateway's image has a name that no other recipe has. */
        private String imageId() {
            return image.equals(imageReference) ? fleet.imageId() : "";
        }
    }
}
