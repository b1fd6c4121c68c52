package io.github.claudefleet.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.ResourceLimits;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * Translates the port's requests into docker-java commands.
 *
 * @param engineCpus number of the engine's processors
 * @param users user mapping of the engine
 */
record CreateContainerCommands(int engineCpus, UserMapping users) {

    /** Podman's user namespace mode that keeps the uid of the user who runs Podman in the container. */
    private static final String KEEP_USER = "keep-id";

    /** Default number of processors of a container, limited to those of the engine. */
    private static final int DEFAULT_CPUS = 2;

    private static final double NANO = 1e9;

    /**
     * Log configuration that never discards output, whatever the engine's defaults. The results of an agent's tasks are
     * read from its log. Each option is set, as the engine would add its own otherwise; no value means "no limit".
     */
    private static final LogConfig WHOLE_LOG = new LogConfig(
            LogConfig.LoggingType.JSON_FILE,
            Map.of("max-size", "1000g", "max-file", "1", "compress", "false", "mode", "blocking"));

    /** Options of {@code /tmp}. Docker's default excludes {@code exec}, but programs are built and run there. */
    private static final Map<String, String> WRITABLE_TMP = Map.of("/tmp", "rw,exec,nosuid,nodev,mode=1777");

    /**
     * Fills in a command.
     *
     * @throws EngineException if the request exceeds the engine's processors
     * @throws InvalidSpecException if it names an unknown capability
     */
    void fill(CreateContainerCmd command, ContainerRequest request) {
        command.withName(request.name())
                .withUser(request.user().toString())
                .withEntrypoint(request.command())
                .withEnv(environment(request.environment()))
                .withLabels(request.labels())
                .withWorkingDir(request.workingDirectory())
                .withHostConfig(host(request));
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

    private HostConfig host(ContainerRequest request) {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(request.network().name())
                .withExtraHosts(request.network().extraHosts().toArray(String[]::new))
                .withMounts(request.mounts().stream()
                        .map(CreateContainerCommands::mount)
                        .toList());
        if (request.restartPolicy().restarted()) {
            // After a crash, the engine treats containers as stopped by the user, which ends "unless-stopped".
            host.withRestartPolicy(RestartPolicy.alwaysRestart());
        } else {
            host.withLogConfig(WHOLE_LOG);
        }
        if (users == UserMapping.KEPT) {
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
                .withPidsLimit((long) limits.pids());
    }

    private double cpus(ContainerRequest request) {
        double wanted = request.limits().cpus().orElse((double) Math.min(DEFAULT_CPUS, engineCpus));
        if (wanted > engineCpus) {
            throw new EngineException(
                    Kind.FAILED,
                    "create container " + request.name(),
                    "it asks for " + plain(wanted) + " processors, and the engine has " + engineCpus,
                    "Set cpus to " + engineCpus + " at most, or leave it out.",
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
        if (hardening.noNewPrivileges()) {
            host.withSecurityOpts(List.of("no-new-privileges"));
        }
        if (hardening.readOnlyRootfs()) {
            host.withTmpFs(WRITABLE_TMP);
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

    /** Returns a mount, not a bind: an engine creates the missing source of a bind, but rejects that of a mount. */
    private static com.github.dockerjava.api.model.Mount mount(Mount mount) {
        var common = new com.github.dockerjava.api.model.Mount()
                .withTarget(mount.target())
                .withReadOnly(mount.readOnly());
        if (mount instanceof Mount.Directory directory) {
            return common.withType(MountType.BIND).withSource(PathText.of(directory.source()));
        }
        return common.withType(MountType.VOLUME).withSource(((Mount.Volume) mount).name());
    }
}
