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
 * Says to docker-java what the port asks for.
 *
 * @param engineCpus the engine's processors
 * @param users whom it takes containers' users for
 */
record CreateContainerCommands(int engineCpus, UserMapping users) {

    /** Podman's word for that the person who runs it has the same number in the container. */
    private static final String KEEP_USER = "keep-id";

    /** What a container gets that asks for no number of processors, where the engine has as many. */
    private static final int DEFAULT_CPUS = 2;

    private static final double NANO = 1e9;

    /**
     * What became of an agent's tasks is read off its log, so that no part of it may go, however the engine's own defaults
     * limit logs. Each option is named since those of the engine would join them; there is no word for "no limit".
     */
    private static final LogConfig WHOLE_LOG = new LogConfig(
            LogConfig.LoggingType.JSON_FILE,
            Map.of("max-size", "1000g", "max-file", "1", "compress", "false", "mode", "blocking"));

    /** Programs are built and run in {@code /tmp}, so {@code exec}, which Docker leaves out by default. */
    private static final Map<String, String> WRITABLE_TMP = Map.of("/tmp", "rw,exec,nosuid,nodev,mode=1777");

    /**
     * Fills in a command.
     *
     * @throws EngineException if the request is for more than the engine has
     * @throws InvalidSpecException if it names what isn't a capability
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

    /** Variables as an engine takes them. */
    static List<String> environment(SortedMap<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private HostConfig host(ContainerRequest request) {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(request.network())
                .withExtraHosts(request.extraHosts().toArray(String[]::new))
                .withMounts(request.mounts().stream()
                        .map(CreateContainerCommands::mount)
                        .toList());
        if (request.restartPolicy().restarted()) {
            // An engine that crashed counts its containers as stopped by hand, which ends "unless stopped".
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

    /** Swap is part of the memory limit, so that a leak ends in the container instead of slowing the machine down. */
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

    /** Mounts rather than binds: an engine makes a bind's missing source, and refuses a mount's. */
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
