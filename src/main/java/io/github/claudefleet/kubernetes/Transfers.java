package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.runtime.TransferProgram;
import io.github.claudefleet.spec.Hardening;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Containers of an agent's pod by which its workspace is filled and read. One runs before the agent's container, until the
 * workspace is filled, and one beside it, also when the agent has ended. They have the agent's image and user, and nothing
 * but the workspace.
 */
final class Transfers {

    /** Label of a pod, with the name of its workspace's volume. */
    private static final String VOLUME = "claude-fleet/volume";

    private static final String BEFORE = "fill";
    private static final String BESIDE = "transfer";

    private Transfers() {}

    static Map<String, String> labels(PodMounts.Workspace workspace) {
        return Map.of(VOLUME, ObjectNames.value(workspace.volume()));
    }

    /** Returns the API server's selector for the pod with a volume. */
    static String selector(String volume) {
        return VOLUME + "=" + ObjectNames.value(volume);
    }

    /** Returns true for a pod with a workspace. */
    static boolean has(Pod pod) {
        return pod.getMetadata().getLabels() != null
                && pod.getMetadata().getLabels().containsKey(VOLUME);
    }

    static void add(PodSpecBuilder spec, ContainerRequest request, PodMounts.Workspace workspace) {
        spec.withInitContainers(container(BEFORE, TransferProgram.untilFilled(), request, workspace));
        spec.addToContainers(container(BESIDE, TransferProgram.stay(), request, workspace));
    }

    private static Container container(
            String name, List<String> command, ContainerRequest request, PodMounts.Workspace workspace) {
        return ContainerSecurity.container(name, request, command, Hardening.DEFAULT.withReadOnlyRootfs(false))
                .withWorkingDir("/")
                .withEnv(new EnvVar(TransferProgram.WORKSPACE, workspace.files(), null))
                .withVolumeMounts(workspace.besideMount())
                .withResources(ImageCopy.resources())
                .build();
    }

    /** Returns the container of a pod by which its workspace can be reached now. */
    static Optional<PodPart> running(Pod pod) {
        Optional<PodStatus> status = Optional.ofNullable(pod.getStatus());
        return Stream.concat(
                        status.map(PodStatus::getInitContainerStatuses).stream(),
                        status.map(PodStatus::getContainerStatuses).stream())
                .flatMap(List::stream)
                .filter(one -> List.of(BEFORE, BESIDE).contains(one.getName()) && isRunning(one))
                .map(one -> new PodPart(pod.getMetadata().getName(), one.getName()))
                .findFirst();
    }

    /**
     * Returns true if the workspace of a pod can't be reached any more. The end of the agent says nothing: it may come
     * before the container beside it has begun.
     */
    static boolean isPast(Pod pod) {
        return List.of("Failed", "Succeeded").contains(PodObservations.phase(pod))
                || pod.getMetadata().getDeletionTimestamp() != null
                || !"Always".equals(pod.getSpec().getRestartPolicy()) && hasEnded(pod);
    }

    private static boolean hasEnded(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getContainerStatuses).orElse(List.of()).stream()
                .filter(one -> one.getName().equals(BESIDE))
                .anyMatch(one -> Optional.ofNullable(one.getState())
                        .map(ContainerState::getTerminated)
                        .isPresent());
    }

    private static boolean isRunning(ContainerStatus status) {
        return Optional.ofNullable(status.getState())
                .map(ContainerState::getRunning)
                .isPresent();
    }
}
