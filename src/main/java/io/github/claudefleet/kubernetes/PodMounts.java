package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.spec.InvalidSpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Volumes of a pod and their places in its containers.
 *
 * @param volumes volumes of the pod
 * @param mounts places in the main container
 * @param workspace volume of an agent's workspace, if there is one
 * @param copies volumes that get a directory of another image first
 */
record PodMounts(
        List<Volume> volumes, List<VolumeMount> mounts, Optional<Workspace> workspace, List<ImageCopy> copies) {

    /** Directory in a workspace's volume that agents have. The volume's own belongs to root, which git objects to. */
    private static final String FILES = "files";

    /** Place of a workspace's volume in the containers that fill and read it. */
    private static final String BESIDE = "/claude-fleet/transfer";

    /**
     * Volume of an agent's workspace.
     *
     * @param volume name in the port
     * @param name name in the pod
     */
    record Workspace(String volume, String name) {

        /** Returns the directory of the workspace in the containers that fill and read it. */
        String files() {
            return BESIDE + "/" + FILES;
        }

        VolumeMount besideMount() {
            return new VolumeMountBuilder().withName(name).withMountPath(BESIDE).build();
        }
    }

    /**
     * Returns the volumes for the mounts of a request. A scratch volume begins empty, unlike on Docker, and so does a named
     * volume that the container may write, which is its own copy then, in memory.
     *
     * @param files finds the files of a named volume that it may only read
     * @throws InvalidSpecException if a mount needs a directory of this machine
     */
    static PodMounts of(List<Mount> requested, Function<String, FileSet> files) {
        List<Volume> volumes = new ArrayList<>();
        List<VolumeMount> mounts = new ArrayList<>();
        Optional<Workspace> workspace = Optional.empty();
        List<ImageCopy> copies = new ArrayList<>();
        for (Mount mount : requested) {
            // Containers have an entry for their user if the image has one: nothing can be written there afterwards.
            if (!(mount instanceof Mount.Users)) {
                String name = "volume-" + volumes.size();
                volumes.add(volume(name, mount, files));
                mounts.add(new VolumeMountBuilder()
                        .withName(name)
                        .withMountPath(mount.target())
                        .withReadOnly(mount.readOnly())
                        .withSubPath(mount instanceof Mount.Workspace ? FILES : null)
                        .build());
                if (mount instanceof Mount.Workspace own) {
                    workspace = Optional.of(new Workspace(own.volume(), name));
                } else if (mount instanceof Mount.FromImage copy) {
                    copies.add(new ImageCopy(name, copy));
                }
            }
        }
        return new PodMounts(List.copyOf(volumes), List.copyOf(mounts), workspace, List.copyOf(copies));
    }

    private static Volume volume(String name, Mount mount, Function<String, FileSet> files) {
        if (mount instanceof Mount.Volume && !mount.readOnly()) {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewEmptyDir()
                    .withMedium("Memory")
                    .endEmptyDir()
                    .build();
        }
        if (mount instanceof Mount.Volume named) {
            return new VolumeBuilder()
                    .withName(name)
                    .withSecret(files.apply(named.name()).source())
                    .build();
        }
        if (mount instanceof Mount.Scratch || mount instanceof Mount.Workspace || mount instanceof Mount.FromImage) {
            return new VolumeBuilder()
                    .withName(name)
                    .withEmptyDir(new EmptyDirVolumeSource())
                    .build();
        }
        throw new InvalidSpecException(
                "mounts",
                "can't have a directory of this machine on Kubernetes (" + mount.target() + ")",
                "Put the files into the image, or use a workspace that travels as git.");
    }
}
