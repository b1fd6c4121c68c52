package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories that stay writable in a container with a read-only root file system: on the engine's disk, so that builds
 * fit, and of the container's own.
 *
 * @param image image of the container, whose label names the home
 */
record WritableDirectories(ImageObservation image) {

    /** Directories that all users can write in any image. Programs are built and run there, too. */
    private static final List<String> TEMPORARY = List.of("/tmp", "/var/tmp");

    /** Returns the home of the containers' user. */
    String home() {
        return image.labels().getOrDefault(Labels.HOME, ContainerPaths.DEFAULT_HOME);
    }

    /**
     * Returns the volumes that a container needs in addition to its other mounts. A directory inside another one needs no
     * volume of its own, and one that is mounted already keeps that mount.
     */
    List<Mount> beside(List<Mount> mounts, Hardening hardening) {
        List<Mount> volumes = new ArrayList<>();
        if (!hardening.readOnlyRootfs()) {
            return volumes;
        }
        List<String> wanted = Stream.of(TEMPORARY.stream(), Stream.of(home()), hardening.writable().stream())
                .flatMap(paths -> paths)
                .distinct()
                .toList();
        for (String directory : wanted) {
            boolean isInside = wanted.stream().anyMatch(other -> directory.startsWith(other + "/"));
            boolean isMounted = mounts.stream().anyMatch(mount -> mount.target().equals(directory));
            if (!isInside && !isMounted) {
                volumes.add(new Mount.Scratch(directory));
            }
        }
        return volumes;
    }
}
