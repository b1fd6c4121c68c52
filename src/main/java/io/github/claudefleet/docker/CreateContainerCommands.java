package io.github.claudefleet.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.VolumeOptions;
import com.github.dockerjava.core.RemoteApiVersion;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.HealthCheck;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.ResourceLimits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Translates the port's requests into docker-java commands.
 *
 * @param info properties of the engine
 */
record CreateContainerCommands(EngineInfo info) {

    /** Podman's user namespace mode that keeps the uid of the user who runs Podman in the container. */
    private static final String KEEP_USER = "keep-id";

    /** Default number of processors of a container, limited to those of the engine. */
    private static final int DEFAULT_CPUS = 2;

    private static final double NANO = 1e9;

    /** Weight, half of the default: on a busy machine, its other containers go first. */
    private static final int CPU_SHARES = 512;

    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(30);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(10);
    private static final int HEALTH_RETRIES = 3;
    /** Time in which a failed check does not count. */
    private static final Duration HEALTH_START_PERIOD = Duration.ofMinutes(2);
    /** Interval until the first success within the start period. */
    private static final Duration HEALTH_START_INTERVAL = Duration.ofSeconds(5);

    private static final RemoteApiVersion WITH_START_INTERVAL = RemoteApiVersion.create(1, 44);

    /**
     * Log configuration that never discards output, whatever the engine's defaults. The results of an agent's tasks are
     * read from its log. Each option is set, as the engine would add its own otherwise; no value means "no limit".
     */
    private static final LogConfig WHOLE_LOG = new LogConfig(
            LogConfig.LoggingType.JSON_FILE,
            Map.of("max-size", "1000g", "max-file", "1", "compress", "false", "mode", "blocking"));

    /**
     * Fills in a command.
     *
     * @param users path of a file on the engine's host in the place of {@code /etc/passwd}, or empty
     * @throws EngineException if the request exceeds the engine's processors
     * @throws InvalidSpecException if it names an unknown capability
     */
    void fill(CreateContainerCmd command, ContainerRequest request, Optional<String> users) {
        command.withName(request.name())
                .withUser(request.user().toString())
                .withEntrypoint(request.command())
                .withEnv(environment(request.environment()))
                .withLabels(request.labels())
                .withWorkingDir(request.workingDirectory())
                .withHostConfig(host(request, users));
        request.lifecycle().health().map(this::health).ifPresent(command::withHealthcheck);
        request.restartPolicy()
                .stopGrace()
                .ifPresent(grace -> command.withStopTimeout(Math.toIntExact(grace.toSeconds())));
    }

    /** Returns environment variables in the API's form {@code NAME=value}. */
    static List<String> environment(SortedMap<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    /** Returns the check. A process in each container costs processor time, so it runs often only until the start is done. */
    private com.github.dockerjava.api.model.HealthCheck health(HealthCheck check) {
        var health = new com.github.dockerjava.api.model.HealthCheck()
                .withTest(Stream.concat(Stream.of("CMD"), check.command().stream())
                        .toList())
                .withInterval(HEALTH_INTERVAL.toNanos())
                .withTimeout(HEALTH_TIMEOUT.toNanos())
                .withStartPeriod(HEALTH_START_PERIOD.toNanos())
                .withRetries(HEALTH_RETRIES);
        return RemoteApiVersion.parseConfig(info.apiVersion()).isGreaterOrEqual(WITH_START_INTERVAL)
                ? health.withStartInterval(HEALTH_START_INTERVAL.toNanos())
                : health;
    }

    private HostConfig host(ContainerRequest request, Optional<String> users) {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(request.network().name())
                .withExtraHosts(request.network().extraHosts().toArray(String[]::new))
                .withMounts(mounts(request, users));
        if (request.restartPolicy().restarted()) {
            // After a crash, the engine treats containers as stopped by the user, which ends "unless-stopped".
            host.withRestartPolicy(RestartPolicy.alwaysRestart());
        } else {
            host.withLogConfig(WHOLE_LOG);
        }
        if (info.users() == UserMapping.KEPT) {
            host.withUsernsMode(KEEP_USER);
        }
        limit(host, request);
        harden(host, request.hardening());
        return host;
    }

    /** Sets the limits. Memory includes swap, so that a leak ends the container and does not slow the machine down. */
    private void limit(HostConfig host, ContainerRequest request) {
        ResourceLimits limits = request.limits();
        host.withMemory(limits.memory().bytes())
                .withMemorySwap(limits.memory().bytes())
                .withNanoCPUs(Math.round(cpus(request) * NANO))
                .withCpuShares(CPU_SHARES)
                .withPidsLimit((long) limits.pids());
    }

    private double cpus(ContainerRequest request) {
        double wanted = request.limits().cpus().orElse((double) Math.min(DEFAULT_CPUS, info.cpus()));
        if (wanted > info.cpus()) {
            throw new EngineException(
                    Kind.FAILED,
                    "create container " + request.name(),
                    "it asks for " + plain(wanted) + " processors, and the engine has " + info.cpus(),
                    "Set cpus to " + info.cpus() + " at most, or leave it out.",
                    null);
        }
        return wanted;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private static void harden(HostConfig host, Hardening hardening) {
        host.withCapDrop(capabilities("hardening.capDrop", hardening.capDrop()))
                .withCapAdd(capabilities("hardening.capAdd", hardening.capAdd()))
                .withInit(hardening.init())
                .withReadonlyRootfs(hardening.readOnlyRootfs());
        hardening.runtime().ifPresent(host::withRuntime);
        if (hardening.noNewPrivileges()) {
            host.withSecurityOpts(List.of("no-new-privileges"));
        }
    }

    private static Capability[] capabilities(String parameter, List<String> names) {
        return names.stream().map(name -> capability(parameter, name)).toArray(Capability[]::new);
    }

    private static Capability capability(String parameter, String name) {
        try {
            return Capability.fromValue(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidSpecException(
                    parameter, "\"" + name + "\" is not a Linux capability", "Use a name such as NET_BIND_SERVICE.");
        }
    }

    private static List<com.github.dockerjava.api.model.Mount> mounts(
            ContainerRequest request, Optional<String> users) {
        Stream<com.github.dockerjava.api.model.Mount> own = request.mounts().stream()
                .filter(mount -> !(mount instanceof Mount.Users))
                .map(mount -> mount(mount, request));
        return Stream.concat(own, users.stream().map(CreateContainerCommands::users))
                .toList();
    }

    private static com.github.dockerjava.api.model.Mount users(String source) {
        return new com.github.dockerjava.api.model.Mount()
                .withTarget(Mount.Users.FILE)
                .withReadOnly(true)
                .withType(MountType.BIND)
                .withSource(source);
    }

    /** Returns a mount, not a bind: an engine creates the missing source of a bind, but rejects that of a mount. */
    private static com.github.dockerjava.api.model.Mount mount(Mount mount, ContainerRequest request) {
        var common = new com.github.dockerjava.api.model.Mount()
                .withTarget(mount.target())
                .withReadOnly(mount.readOnly());
        if (mount instanceof Mount.Directory directory) {
            return common.withType(MountType.BIND).withSource(PathText.of(directory.source()));
        }
        common.withType(MountType.VOLUME);
        if (mount instanceof Mount.Volume volume) {
            return common.withSource(volume.name());
        }
        if (mount instanceof Mount.Workspace workspace) {
            return common.withSource(workspace.volume());
        }
        return common.withVolumeOptions(new VolumeOptions().withLabels(labels(request)));
    }

    /** Returns the labels of a volume without a name, by which it is found if its container was removed without it. */
    private static Map<String, String> labels(ContainerRequest request) {
        Map<String, String> labels = new TreeMap<>(request.labels());
        labels.put(Labels.CONTAINER, request.name());
        return labels;
    }
}
