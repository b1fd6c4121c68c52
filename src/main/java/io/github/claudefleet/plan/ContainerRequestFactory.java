package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.RestartPolicy;
import io.github.claudefleet.runtime.KitResources;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.ContainerSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.ResourceLimits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates the request for each container of a fleet. */
final class ContainerRequestFactory {

    private static final List<String> AWAIT_KIT = KitResources.inlined("await-kit.sh", ContainerPaths.KIT);

    /** Grace period of the keeper. It ends at once unless it renews the login, which must finish. */
    private static final Duration KEEPER_GRACE = Duration.ofSeconds(90);

    private final FleetSpec spec;
    private final ContainerSpec containers;
    private final String imageReference;
    private final ImageObservation image;
    private final ResourceNames names;
    private final ContainerLabels labels;
    private final ContainerEnvironment environment;
    private final ContainerMounts mounts;

    ContainerRequestFactory(FleetSpec spec, String imageReference, ImageObservation image) {
        this.spec = spec;
        this.containers = spec.containers();
        this.imageReference = imageReference;
        this.image = image;
        this.names = new ResourceNames(spec.id());
        this.labels = new ContainerLabels(spec);
        this.environment = new ContainerEnvironment(spec, image);
        this.mounts = new ContainerMounts(spec, names);
    }

    ContainerRequest auth() {
        Draft draft = new Draft(names.auth(), labels.ofAuth(), AWAIT_KIT, "/");
        draft.environment = environment.ofAuth();
        draft.mounts = mounts.ofAuth();
        draft.restartPolicy = RestartPolicy.untilStopped(KEEPER_GRACE);
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
        draft.files = AgentCommand.files(agent);
        draft.mounts = mounts.of(agent);
        draft.limits = agent.limits();
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
        private List<String> files = List.of();
        private List<Mount> mounts = List.of();
        private SortedMap<String, String> environment = new TreeMap<>();
        private ResourceLimits limits = ResourceLimits.DEFAULT;
        private String prompt = "";
        private RestartPolicy restartPolicy = RestartPolicy.ONCE;

        Draft(String name, SortedMap<String, String> labels, List<String> command, String workingDirectory) {
            this.name = name;
            this.labels = labels;
            this.command = command;
            this.workingDirectory = workingDirectory;
        }

        ContainerRequest request() {
            labels.put(Labels.FINGERPRINT, Fingerprint.of(aspects()).toLabel());
            return new ContainerRequest(
                    name,
                    imageReference,
                    containers.user(),
                    command,
                    environment,
                    labels,
                    mounts,
                    workingDirectory,
                    network(),
                    limits,
                    containers.hardening(),
                    restartPolicy);
        }

        private Map<Aspect, Object> aspects() {
            Map<Aspect, Object> aspects = new EnumMap<>(Aspect.class);
            aspects.put(Aspect.IMAGE, imageReference + image.id());
            aspects.put(Aspect.PROMPT, prompt);
            aspects.put(
                    Aspect.COMMAND,
                    Stream.concat(command.stream(), files.stream()).toList());
            aspects.put(Aspect.ENVIRONMENT, environment);
            aspects.put(Aspect.MOUNTS, mounts);
            aspects.put(Aspect.NETWORK, network().name() + network().extraHosts());
            aspects.put(Aspect.USER, containers.user());
            aspects.put(Aspect.LIMITS, limits.caps());
            aspects.put(Aspect.HARDENING, containers.hardening());
            aspects.put(Aspect.RESTART_POLICY, restartPolicy);
            return aspects;
        }
    }

    private NetworkAttachment network() {
        return new NetworkAttachment(containers.network().existing().orElse(names.network()), containers.extraHosts());
    }
}
