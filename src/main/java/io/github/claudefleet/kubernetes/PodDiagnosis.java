package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.github.claudefleet.kubernetes.PodProblem.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the problem of a pod in its status and its events. Clusters before 1.26 tell the loss of a node by events alone,
 * later ones also by the condition {@code DisruptionTarget}.
 */
final class PodDiagnosis {

    private static final Set<String> OF_IMAGES = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "RegistryUnavailable");
    private static final Set<String> OF_CREATION = Set.of(
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "StartError",
            "ContainerCannotRun");
    private static final Set<String> OF_LOST_NODES = Set.of("NodeNotReady", "TaintManagerEviction");
    private static final Set<String> OF_LOST_NODES_LATER = Set.of("DeletionByTaintManager", "DeletionByPodGC");
    private static final Set<String> BEFORE_THE_CONTAINER =
            Set.of("FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox");

    private final Pod pod;
    private final List<Event> events;

    private PodDiagnosis(Pod pod, List<Event> events) {
        this.pod = pod;
        this.events = events;
    }

    /**
     * Returns the problem of a pod, if there is one.
     *
     * @param events events about this pod
     */
    static Optional<PodProblem> of(Pod pod, List<Event> events) {
        return new PodDiagnosis(pod, events).problem();
    }

    private Optional<PodProblem> problem() {
        return Stream.of(ofWholePod(), ofEnd(), ofLostNode(), ofScheduling(), ofWaiting(), ofPreparation())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<PodProblem> ofWholePod() {
        return status().map(PodStatus::getReason)
                .flatMap(reason -> switch (reason) {
                    case "Evicted" -> Optional.of(Kind.EVICTED);
                    // A stopped pod has a deadline, too.
                    case "DeadlineExceeded" ->
                        ObjectLabels.wasStopped(pod) ? Optional.empty() : Optional.of(Kind.DEADLINE_EXCEEDED);
                    case "NodeLost" -> Optional.of(Kind.NODE_LOST);
                    default -> Optional.empty();
                })
                .map(kind ->
                        new PodProblem(kind, status().map(PodStatus::getMessage).orElse("")));
    }

    private Optional<PodProblem> ofEnd() {
        Optional<ContainerStateTerminated> end = PodObservations.ended(pod);
        if (end.filter(PodObservations::isOutOfMemory).isPresent()) {
            return Optional.of(new PodProblem(Kind.OUT_OF_MEMORY, ""));
        }
        return end.filter(one -> OF_CREATION.contains(String.valueOf(one.getReason())))
                .map(one -> new PodProblem(Kind.NOT_CREATED, text(one.getMessage())));
    }

    /** Events stay when the node has come back, so that they count only while the pod is not ready. */
    private Optional<PodProblem> ofLostNode() {
        if (PodObservations.ended(pod).isPresent()) {
            return Optional.empty();
        }
        Optional<PodProblem> later = condition("DisruptionTarget")
                .filter(one -> OF_LOST_NODES_LATER.contains(String.valueOf(one.getReason())))
                .map(one -> new PodProblem(Kind.NODE_LOST, text(one.getMessage())));
        boolean unready = condition("Ready")
                .filter(one -> one.getStatus().equals("False"))
                .isPresent();
        return later.or(() -> unready ? event(OF_LOST_NODES, Kind.NODE_LOST) : Optional.empty());
    }

    private Optional<PodProblem> ofScheduling() {
        return condition("PodScheduled")
                .filter(one -> one.getStatus().equals("False") && "Unschedulable".equals(one.getReason()))
                .map(one -> new PodProblem(Kind.UNSCHEDULABLE, text(one.getMessage())));
    }

    private Optional<PodProblem> ofWaiting() {
        return Stream.of(
                        status().map(PodStatus::getInitContainerStatuses),
                        status().map(PodStatus::getContainerStatuses))
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .map(ContainerStatus::getState)
                .flatMap(state ->
                        Optional.ofNullable(state)
                                .map(ContainerState::getWaiting)
                                .flatMap(PodDiagnosis::ofReason)
                                .stream())
                .findFirst();
    }

    private static Optional<PodProblem> ofReason(ContainerStateWaiting waiting) {
        String reason = String.valueOf(waiting.getReason());
        if (OF_IMAGES.contains(reason)) {
            return Optional.of(new PodProblem(Kind.IMAGE_NOT_PULLED, text(waiting.getMessage())));
        }
        return OF_CREATION.contains(reason)
                ? Optional.of(new PodProblem(Kind.NOT_CREATED, text(waiting.getMessage())))
                : Optional.empty();
    }

    private Optional<PodProblem> ofPreparation() {
        boolean pending = PodObservations.phase(pod).equals("Pending");
        return pending ? event(BEFORE_THE_CONTAINER, Kind.NOT_CREATED) : Optional.empty();
    }

    /** Returns a problem with the message of the last of these events. */
    private Optional<PodProblem> event(Set<String> reasons, Kind kind) {
        return events.stream()
                .filter(one -> reasons.contains(String.valueOf(one.getReason())))
                .max(Comparator.comparing(one -> text(one.getLastTimestamp())))
                .map(one -> new PodProblem(kind, text(one.getMessage())));
    }

    private Optional<PodCondition> condition(String type) {
        return status().map(PodStatus::getConditions).orElse(List.of()).stream()
                .filter(one -> one.getType().equals(type))
                .findFirst();
    }

    private Optional<PodStatus> status() {
        return Optional.ofNullable(pod.getStatus());
    }

    private static String text(String message) {
        return message == null ? "" : message;
    }
}
