package io.github.claudefleet.bench;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Idle container with the settings of an agent, for programs other than the plugin.
 *
 * @param agent the fleet's own request
 * @param engineCpus processors of the engine
 * @param directory directory that is mounted where an agent has a volume of its fleet
 */
record PeerContainer(ContainerRequest agent, int engineCpus, Path directory) {

    /** Processors of a container for which the pom names no limit. */
    private static final double CPUS = 2;

    List<String> command() {
        return List.of("sleep", "infinity");
    }

    double cpus() {
        return agent.limits().cpus().orElse(Math.min(CPUS, engineCpus));
    }

    long memory() {
        return agent.limits().memory().bytes();
    }

    /** Mounts in the short form that Compose and fabric8 both have. */
    List<String> volumes() {
        return agent.mounts().stream()
                .map(this::volume)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> volume(Mount mount) {
        String target = mount.target() + (mount.readOnly() ? ":ro" : "");
        if (mount instanceof Mount.Directory bound) {
            return Optional.of(bound.source() + ":" + target);
        }
        if (mount instanceof Mount.Volume) {
            return Optional.of(directory + ":" + target);
        }
        return mount instanceof Mount.Scratch ? Optional.of(target) : Optional.empty();
    }
}
