package io.github.claudefleet.plan;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.RestartPolicy;
import io.github.claudefleet.runtime.KitResources;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.ContainerSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

    ContainerRequestFactory(FleetSpec spec, String imageReference, ImageObservation image) {
        this.spec = spec;
        this.containers = spec.containers();
        this.imageReference = imageReference;
        this.image = image;
        this.names = new ResourceNames(spec.id());
    }

    ContainerRequest auth() {
        Draft draft = new Draft(Role.AUTH, names.auth(), AWAIT_KIT, "/");
        draft.environment = environment(containers.environment());
        draft.mounts.add(new Mount.Volume(names.kitVolume(containers.user()), ContainerPaths.KIT, false));
        draft.mounts.addAll(credentials(false));
        draft.mounts.addAll(fromHost(containers.mounts()));
        draft.limits = ResourceLimits.DEFAULT;
        draft.restartPolicy = RestartPolicy.untilStopped(KEEPER_GRACE);
        return draft.request();
    }

    ContainerRequest agent(AgentSpec agent) {
        Draft draft = new Draft(
                Role.AGENT,
                names.agent(agent.name()),
                command(agent),
                agent.workspace().workingDirectory());
        draft.environment = environment(agent.environment());
        mavenArguments().ifPresent(arguments -> draft.environment.putIfAbsent("MAVEN_ARGS", arguments));
        if (agent.claude().repositorySettings()) {
            draft.environment.put("CLAUDE_FLEET_REPOSITORY", "trusted");
        }
        if (!agent.claude().context().instructions().equals(ClaudeContext.DEFAULT.instructions())) {
            draft.environment.put(
                    "CLAUDE_FLEET_INSTRUCTIONS",
                    String.join(" ", agent.claude().context().instructions()));
        }
        if (agent.workspace().strategy() == WorkspaceStrategy.READONLY) {
            draft.environment.put("CLAUDE_FLEET_WORKSPACE", "readonly");
        }
        draft.labels.put(Labels.AGENT, agent.name().value());
        agent.workspace().place().ifPresent(place -> draft.labels.put(Labels.WORKSPACE, place.toString()));
        if (agent.prompt().isPresent() || agent.takesOrders()) {
            draft.labels.put(Labels.PROMPT, "true");
        }
        draft.prompt = agent.prompt().map(Prompt::text).orElseGet(() -> tasksOf(agent));
        draft.mounts.add(new Mount.Volume(names.kitVolume(containers.user()), ContainerPaths.KIT, true));
        draft.mounts.addAll(credentials(!sharesAll()));
        spec.java()
                .repository()
                .ifPresent(
                        directory -> draft.mounts.add(new Mount.Directory(directory, ContainerPaths.REPOSITORY, true)));
        draft.mounts.addAll(fromHost(agent.workspace().mounts()));
        draft.mounts.addAll(fromHost(agent.claude().context().mounts()));
        draft.mounts.addAll(fromHost(containers.mounts()));
        draft.limits = agent.limits();
        return draft.request();
    }

    /** Lists the agent's tasks. Their state is in the container, so other tasks need another container. */
    private String tasksOf(AgentSpec agent) {
        return spec.work().queues().stream()
                .filter(queue -> queue.agents().contains(agent.name()))
                .flatMap(queue -> queue.tasks().stream())
                .map(task -> task.id() + " " + task.promptHash())
                .collect(Collectors.joining("\n"));
    }

    private static List<Mount> fromHost(List<MountSpec> mounts) {
        return mounts.stream()
                .<Mount>map(mount -> new Mount.Directory(mount.source(), mount.target(), mount.readOnly()))
                .toList();
    }

    /** Mounts the login, a token or key, or Maven's passwords. A provider's login comes in other ways. */
    private List<Mount> credentials(boolean readOnly) {
        List<Mount> mounts = new ArrayList<>();
        if (spec.login().mode() == LoginMode.LOGIN) {
            mounts.add(new Mount.Directory(spec.login().directory(), ContainerPaths.LOGIN, readOnly));
        }
        if (spec.hasSecrets()) {
            mounts.add(new Mount.Volume(names.secretsVolume(containers.user()), ContainerPaths.SECRETS, readOnly));
        }
        return mounts;
    }

    private static List<String> command(AgentSpec agent) {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh", ContainerPaths.KIT + "/agent.sh", agent.name().value(), mode(agent)));
        ClaudeOptions claude = agent.claude();
        command.addAll(List.of("--permission-mode", claude.permissionMode()));
        if (claude.mcpServers().isPresent()) {
            command.addAll(List.of("--mcp-config", ContainerPaths.KIT + "/mcp/" + agent.name() + ".json"));
        }
        command.addAll(claude.context().arguments());
        command.addAll(claude.arguments());
        return command;
    }

    private static String mode(AgentSpec agent) {
        if (agent.takesOrders()) {
            return "serve";
        }
        return agent.prompt().isPresent() ? "work" : "wait";
    }

    /** Adds the CLI's variables, which override the pom's. The login's location depends on the sharing. */
    private SortedMap<String, String> environment(SortedMap<String, String> own) {
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put(ClaudeEnvironment.NO_NONESSENTIAL_TRAFFIC, "1");
        environment.put(ClaudeEnvironment.NO_AUTOUPDATER, "1");
        environment.putAll(own);
        String home = home();
        environment.put("HOME", home);
        if (containers.hardening().readOnlyRootfs()) {
            // Java can't find the home, since no passwd entry can be added there. It prints this option on stderr.
            environment.putIfAbsent("JAVA_TOOL_OPTIONS", "-Duser.home=" + home);
        }
        environment.put("CLAUDE_FLEET_LOGIN", spec.login().mode().value());
        environment.put(
                ClaudeEnvironment.CONFIG_DIRECTORY,
                sharesAll() ? ContainerPaths.LOGIN : home + "/" + ClaudeFiles.CONFIG_DIRECTORY);
        if (spec.login().mode() == LoginMode.TOKEN) {
            environment.put(ClaudeEnvironment.LOGIN_DIRECTORY, ContainerPaths.SECRETS);
        } else if (spec.login().mode() == LoginMode.LOGIN && !sharesAll()) {
            environment.put(ClaudeEnvironment.LOGIN_DIRECTORY, ContainerPaths.LOGIN);
        }
        containers
                .caBundle()
                .ifPresent(
                        bundle -> environment.put(ClaudeEnvironment.EXTRA_CA_CERTIFICATES, ContainerPaths.CA_BUNDLE));
        return environment;
    }

    /** Returns MAVEN_ARGS (Maven 3.9 or later): reads the host's repository, and writes one in the home. */
    private Optional<String> mavenArguments() {
        List<String> arguments = new ArrayList<>();
        if (spec.java().repository().isPresent()) {
            arguments.add("-Dmaven.repo.local=" + home() + "/.m2/repository");
            arguments.add("-Dmaven.repo.local.tail=" + ContainerPaths.REPOSITORY);
            arguments.add("-Dmaven.repo.local.tail.ignoreAvailability=true");
        }
        if (spec.java().settings().isPresent()) {
            arguments.addAll(List.of("--settings", ContainerPaths.SETTINGS));
        }
        return arguments.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", arguments));
    }

    /** Returns the home. A read-only root file system leaves only {@code /tmp} writable, whatever the image says. */
    private String home() {
        return containers.hardening().readOnlyRootfs()
                ? ContainerPaths.DEFAULT_HOME
                : image.labels().getOrDefault(Labels.HOME, ContainerPaths.DEFAULT_HOME);
    }

    private boolean sharesAll() {
        return spec.login().mode() == LoginMode.LOGIN && !spec.login().sharing().separatesLogin();
    }

    /** Collects the differences between roles; everything else is common to the fleet. */
    private final class Draft {

        private final Role role;
        private final String name;
        private final List<String> command;
        private final String workingDirectory;
        private final SortedMap<String, String> labels = new TreeMap<>();
        private final List<Mount> mounts = new ArrayList<>();
        private SortedMap<String, String> environment = new TreeMap<>();
        private ResourceLimits limits = ResourceLimits.DEFAULT;
        private String prompt = "";
        private RestartPolicy restartPolicy = RestartPolicy.ONCE;

        Draft(Role role, String name, List<String> command, String workingDirectory) {
            this.role = role;
            this.name = name;
            this.command = command;
            this.workingDirectory = workingDirectory;
        }

        ContainerRequest request() {
            labels.putAll(spec.id().labels());
            labels.put(Labels.ROLE, role.value());
            labels.put(Labels.LOGIN, spec.login().mode().value());
            spec.login().directoryHash().ifPresent(hash -> labels.put(Labels.LOGIN_DIRECTORY, hash));
            labels.put(Labels.SHARING, spec.login().sharing().value());
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
            aspects.put(Aspect.COMMAND, command);
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
