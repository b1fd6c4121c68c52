package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CheckPlace;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what the operations of a plan need with the capabilities of the engine. Of several needs with one cause, it
 * reports the first.
 */
public final class CapabilityCheck {

    private static final String ANOTHER_ENGINE = "a Docker or Podman engine, with -Dclaude-fleet.engine.";

    private final FleetSpec spec;
    private final EngineInfo engine;
    private final List<InvalidSpecException> refusals = new ArrayList<>();
    private final Set<String> reported = new HashSet<>();

    private CapabilityCheck(FleetSpec spec, EngineInfo engine) {
        this.spec = spec;
        this.engine = engine;
    }

    /**
     * Returns a refusal for each parameter that needs a capability which the engine does not have, in the plan's order;
     * empty if the plan can be applied.
     *
     * @param spec fleet that the plan was made for
     */
    public static List<InvalidSpecException> refusals(Plan plan, FleetSpec spec, EngineInfo engine) {
        CapabilityCheck check = new CapabilityCheck(spec, engine);
        plan.steps().forEach(step -> check.checkOperation(step.operation()));
        return List.copyOf(check.refusals);
    }

    /**
     * Refuses a plan that can't be applied.
     *
     * @param spec fleet that the plan was made for
     * @throws InvalidSpecException with the first refusal
     */
    public static void check(Plan plan, FleetSpec spec, EngineInfo engine) {
        refusals(plan, spec, engine).stream().findFirst().ifPresent(refusal -> {
            throw refusal;
        });
    }

    private void checkOperation(Operation operation) {
        if (operation instanceof Operation.BuildImage build) {
            checkBuild(build.target().spec());
        } else if (operation instanceof Operation.CreateContainer create) {
            checkContainer(create.role(), create.request());
        } else if (operation instanceof Operation.ReplaceContainer replace) {
            checkContainer(replace.role(), replace.request());
        }
    }

    private void checkBuild(ImageSpec image) {
        if (image instanceof ImageSpec.Gateway) {
            checkBuildOfGateway();
        } else if (image instanceof ImageSpec.FromDockerfile) {
            need(
                    EngineCapability.BUILDS,
                    "image.dockerfile",
                    "",
                    "Set image.name to an image that the engine can pull");
        } else {
            need(
                    EngineCapability.BUILDS,
                    "image.name",
                    "is left out, so that the fleet ",
                    "Set it to an image that the engine can pull");
        }
    }

    private void checkBuildOfGateway() {
        if (spec.rehearsal().isPresent()) {
            needForRehearsal(EngineCapability.BUILDS);
        } else {
            need(
                    EngineCapability.BUILDS,
                    "egress.image",
                    "is left out, so that the fleet ",
                    "Set it to an image of the gateway that the engine can pull, or set egress.mode to open");
        }
    }

    private void checkContainer(Role role, ContainerRequest request) {
        for (Mount mount : request.mounts()) {
            if (mount instanceof Mount.Directory directory) {
                checkDirectory(directory, request);
            } else if (mount instanceof Mount.Volume) {
                checkVolume(mount);
            }
        }
        checksOf(request);
        checkNetwork(request.network());
        if (request.restartPolicy().restarted()) {
            require(
                    EngineCapability.RESTART_POLICIES,
                    "by which the " + (role == Role.GATEWAY ? "gateway" : "auth container")
                            + " is started again when it ends");
        }
    }

    /** The files of a check in a container of its own are mounted there. */
    private void checksOf(ContainerRequest request) {
        spec.work().queues().stream()
                .filter(queue -> queue.agents().stream()
                        .anyMatch(agent -> agent.value().equals(request.labels().get(Labels.AGENT))))
                .flatMap(queue -> queue.check().stream())
                .filter(check -> check.place() == CheckPlace.CONTAINER)
                .forEach(check -> needDirectory("agent.check.where", "container ", "Set it to agent or build"));
    }

    private void checkNetwork(NetworkAttachment network) {
        List<String> common = List.of(NetworkAttachment.COMMON, new ResourceNames(spec.id()).fence());
        if (!common.contains(network.name())) {
            need(EngineCapability.NETWORKS, "network", network.name() + " ", "Leave it out");
        }
    }

    /** Checks a volume. What an exchange writes while agents run must reach them by the volume itself. */
    private void checkVolume(Mount mount) {
        if (mount.target().equals(ContainerPaths.GATEWAY) && spec.rehearsal().isPresent()) {
            needForRehearsal(EngineCapability.SHARED_VOLUMES);
        } else if (mount.target().equals(ContainerPaths.IDENTITY)) {
            need(EngineCapability.SHARED_VOLUMES, "auth.mode", "federation ", "Set it to token or apiKey");
        }
    }

    /** Reports the first need of a rehearsal's gateway, of which one refusal says enough. */
    private void needForRehearsal(EngineCapability capability) {
        if (!engine.has(capability) && reported.add("rehearsal")) {
            need(capability, "rehearsal", "has a gateway and ", "");
        }
    }

    private void checkDirectory(Mount.Directory mount, ContainerRequest request) {
        String target = mount.target();
        if (target.equals(ContainerPaths.LOGIN)) {
            needDirectory("auth.mode", "login ", "Set it to token or apiKey");
        } else if (target.equals(ContainerPaths.IDENTITY_SOURCE)) {
            needDirectory("auth.file", "", "Set auth.env instead");
        } else if (target.equals(ContainerPaths.REPOSITORY)) {
            needDirectory("java.repository", "", "Set it to none");
        } else if (spec.containers().mounts().stream()
                .anyMatch(one -> one.target().equals(target))) {
            needDirectory("mounts", "", "Leave it out");
        } else if (target.equals(ContainerPaths.CLAUDE_DIRECTORY)) {
            needDirectory("claudeDirectory", "", "Leave it out");
        } else if (target.startsWith(ContainerPaths.PLUGINS + "/")) {
            needDirectory("pluginDirs", "", "Leave it out");
        } else if (target.startsWith(ContainerPaths.SKILLS + "/")) {
            needDirectory("skills", "", "Leave it out");
        } else {
            needDirectory("workspace.strategy", strategy(request) + " ", "Set it to worktree, clone or copy");
        }
    }

    private String strategy(ContainerRequest request) {
        Optional<AgentSpec> agent = spec.agents().stream()
                .filter(one -> one.name().value().equals(request.labels().get(Labels.AGENT)))
                .findFirst();
        return agent.map(one -> one.workspace().strategy().value() + " of agent " + one.name())
                .orElse("");
    }

    private void needDirectory(String parameter, String subject, String alternative) {
        need(EngineCapability.HOST_DIRECTORIES, parameter, subject, alternative);
    }

    /**
     * Reports a need of a parameter.
     *
     * @param subject words between the parameter and "needs", with a space at the end; empty for none
     * @param alternative remedy with this engine, as the beginning of a sentence; empty for none
     */
    private void need(EngineCapability capability, String parameter, String subject, String alternative) {
        report(
                capability,
                parameter,
                subject + "needs " + capability.words() + ", which the engine at " + engine.address()
                        + " does not have",
                alternative);
    }

    /** Reports a need of every fleet. */
    private void require(EngineCapability capability, String reason) {
        report(capability, "engine", "at " + engine.address() + " has no " + capability.words() + ", " + reason, "");
    }

    private void report(EngineCapability capability, String parameter, String problem, String alternative) {
        if (!engine.has(capability) && reported.add(parameter + " " + capability)) {
            String next = alternative.isEmpty() ? "Use " : alternative + ", or use ";
            refusals.add(new InvalidSpecException(parameter, problem, next + ANOTHER_ENGINE));
        }
    }
}
