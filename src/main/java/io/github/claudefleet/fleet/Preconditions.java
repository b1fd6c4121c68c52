package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.LoginDirectoryInitializer;
import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.doctor.CapacityGuard;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.host.Machine;
import io.github.claudefleet.plan.ResourceDemand;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Refuses specs that can't work before anything is created. */
final class Preconditions {

    private final ContainerEngine engine;
    private final PreconditionListener listener;
    private final HomeDirectory home;

    Preconditions(ContainerEngine engine, PreconditionListener listener, HomeDirectory home) {
        this.engine = engine;
        this.listener = listener;
        this.home = home;
    }

    /** Checks without changing anything. */
    void check(FleetSpec spec) {
        UserMappingCheck.check(engine.info(), spec);
        RuntimeCheck.check(engine.info(), spec.containers().hardening());
        NetworkCheck.check(engine, spec.containers().network());
        new HandOverCheck(spec).check();
        new HostDirectoryCheck(listener, home).check(spec);
    }

    /** Refuses an image that sets credentials which would be used in place of the chosen login. */
    void checkImage(FleetSpec spec, String reference, ImageObservation image) {
        checkMounts(spec, image);
        Set<String> outranking =
                new TreeSet<>(ClaudeEnvironment.outranking(spec.login().mode()));
        outranking.retainAll(image.variables());
        if (!outranking.isEmpty()) {
            throw new InvalidSpecException(
                    ImageCheck.parameter(spec.image()),
                    reference + " sets " + String.join(", ", outranking)
                            + " in its environment (ENV), which would be used in place of the login of auth.mode "
                            + spec.login().mode().value(),
                    "Use an image without it, or set it to nothing in a Dockerfile of your own.");
        }
    }

    /** Refuses mounts into the CLI's directory, which would become root's. Only the image tells its home. */
    private static void checkMounts(FleetSpec spec, ImageObservation image) {
        String own = image.labels().getOrDefault(Labels.HOME, ContainerPaths.DEFAULT_HOME) + "/"
                + ClaudeFiles.CONFIG_DIRECTORY;
        spec.containers().mounts().stream()
                .map(MountSpec::target)
                .filter(target -> target.equals(own) || target.startsWith(own + "/"))
                .findFirst()
                .ifPresent(target -> {
                    throw new InvalidSpecException(
                            "mounts",
                            "has " + target + ", which is where each agent's CLI writes files of its own",
                            "Use claudeDirectory for CLAUDE.md, rules, skills, commands and agents, and pluginDirs for plugins.");
                });
    }

    /** Refuses a demand that exceeds the capacity of the engine's machine or of the network. */
    void checkRoom(FleetSpec spec, ResourceDemand demand) {
        new CapacityGuard(engine, Machine.here())
                .of(demand).stream()
                        .flatMap(balance -> balance.refusal(spec.overcommit()).stream())
                        .findFirst()
                        .ifPresent(refusal -> {
                            throw refusal;
                        });
    }

    /** Creates the login directory if needed, and gives it to the containers' user. */
    void prepareLogin(FleetSpec spec) {
        if (spec.login().mode() != LoginMode.LOGIN) {
            return;
        }
        Path directory = spec.login().directory();
        LoginDirectoryInitializer.prepare(spec.login(), spec.user(), home);
        if (LoginDirectoryInitializer.isPersonal(directory, home)) {
            listener.personalLoginDirectory(directory);
        }
        spec.agents().stream()
                .filter(agent -> agent.workspace().strategy() == WorkspaceStrategy.BIND)
                .filter(agent -> directory.startsWith(agent.workspace().directory()))
                .findFirst()
                .ifPresent(agent -> listener.loginWithinWorkspace(directory, agent.name()));
    }
}
