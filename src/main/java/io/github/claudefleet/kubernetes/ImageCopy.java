package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.spec.Hardening;
import java.util.List;

/**
 * Volume of a pod that gets a directory of another image. Clusters before 1.31 can't mount an image, so that a container of
 * that image copies the directory before the others start.
 *
 * @param volume name of the volume in the pod
 * @param mount directory of the image, and its place
 */
record ImageCopy(String volume, Mount.FromImage mount) {

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
                .withResources(Transfers.resources())
                .withSecurityContext(ContainerSecurity.of(Hardening.DEFAULT.withReadOnlyRootfs(true)))
                .build();
    }
}
