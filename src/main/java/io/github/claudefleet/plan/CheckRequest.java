package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Request for the container of an independent check: an agent's image and limits, but no login and no network. */
public final class CheckRequest {

    private static final String NO_NETWORK = "none";
    private static final String HOME = "/tmp";

    private CheckRequest() {}

    /**
     * Returns the request.
     *
     * @param image the agent's image
     * @param directory directory of the host with the agent's files
     * @param command shell command
     */
    public static ContainerRequest of(
            FleetSpec spec, AgentSpec agent, ImageObservation image, Path directory, String command) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(new Mount.Directory(directory, Workspace.MOUNT, false));
        spec.java()
                .repository()
                .ifPresent(repository -> mounts.add(new Mount.Directory(repository, ContainerPaths.REPOSITORY, true)));
        ResourceNames names = new ResourceNames(spec.id());
        return new ContainerRequest(
                names.check(agent.name()),
                image.id(),
                spec.containers().user(),
                List.of("/bin/sh", "-c", command),
                environment(spec),
                labels(spec, agent),
                new ContainerMounts(spec, names, image).of(agent, mounts),
                agent.workspace().workingDirectory(),
                new NetworkAttachment(NO_NETWORK),
                agent.limits(),
                agent.hardening(spec.containers().hardening()),
                Lifecycle.ONCE);
    }

    private static SortedMap<String, String> environment(FleetSpec spec) {
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put("HOME", HOME);
        if (spec.java().repository().isPresent()) {
            environment.put("JAVA_TOOL_OPTIONS", "-Duser.home=" + HOME);
            environment.put(
                    "MAVEN_ARGS",
                    "--offline -Dmaven.repo.local=" + HOME + "/.m2/repository -Dmaven.repo.local.tail="
                            + ContainerPaths.REPOSITORY + " -Dmaven.repo.local.tail.ignoreAvailability=true");
        }
        return environment;
    }

    private static SortedMap<String, String> labels(FleetSpec spec, AgentSpec agent) {
        SortedMap<String, String> labels = new TreeMap<>(spec.id().labels());
        labels.put(Labels.ROLE, Role.CHECK.value());
        labels.put(Labels.AGENT, agent.name().value());
        return labels;
    }
}
