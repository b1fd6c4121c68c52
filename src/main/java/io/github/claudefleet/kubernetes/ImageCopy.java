package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.ResourceLimits;
import java.util.List;
import java.util.Map;

/**
 * Volume of a pod that gets a directory of another image. Clusters before 1.31 can't mount an image, so that a container of
 * that image copies the directory before the others start.
 *
 * @param volume name of the volume in the pod
 * @param mount directory of the image, and its place
 */
record ImageCopy(String volume, Mount.FromImage mount) {

    private static final long LEAST_BYTES = 32L << 20;
    private static final double LEAST_CPUS = 0.01;
    private static final double CPUS = 1;

    /** Returns the container that copies. */
    Container container() {
        return new ContainerBuilder()
                .withName("copy-" + volume)
                .withImage(mount.image())
                .withImagePullPolicy("IfNotPresent")
                .withCommand("/bin/sh", "-c", "cp -R \"$1/.\" \"$2\"", "sh", mount.source(), mount.target())
                .withWorkingDir("/")
                .withVolumeMounts(List.of(new VolumeMountBuilder()
                        .withName(volume)
                        .withMountPath(mount.target())
                        .build()))
                .withResources(resources())
                .withSecurityContext(ContainerSecurity.of(Hardening.DEFAULT.withReadOnlyRootfs(true)))
                .build();
    }

    /** Returns the resources of a container that copies files. */
    static ResourceRequirements resources() {
        return new ResourceRequirementsBuilder()
                .withLimits(Map.of(
                        "memory",
                        Quantities.bytes(ResourceLimits.DEFAULT.memory().bytes()),
                        "cpu",
                        Quantities.processors(CPUS)))
                .withRequests(Map.of("memory", Quantities.bytes(LEAST_BYTES), "cpu", Quantities.processors(LEAST_CPUS)))
                .build();
    }
}
