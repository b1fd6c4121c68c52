package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.github.claudefleet.kubernetes.PodProblem.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    /** Reasons of pods that a node or the cluster ended as a whole. */
    private static final Map<String, Kind> OF_WHOLE_PODS = Map.ofEntries(
            Map.entry("Evicted", Kind.EVICTED),
            Map.entry("DeadlineExceeded", Kind.DEADLINE_EXCEEDED),
            Map.entry("NodeLost", Kind.NODE_LOST),
            Map.entry("Preempting", Kind.PREEMPTED),
            Map.entry("Shutdown", Kind.NODE_SHUT_DOWN),
            Map.entry("NodeShutdown", Kind.NODE_SHUT_DOWN),
            Map.entry("Terminated", Kind.NODE_SHUT_DOWN),
            Map.entry("NodeAffinity", Kind.REFUSED),
            Map.entry("UnexpectedAdmissionError", Kind.REFUSED));

    /** Reasons of the condition {@code DisruptionTarget}. */
    private static final Map<String, Kind> OF_DISRUPTIONS = Map.of(
            "DeletionByTaintManager", Kind.NODE_LOST,
            "DeletionByPodGC", Kind.NODE_LOST,
            "EvictionByEvictionAPI", Kind.DRAINED,
            "PreemptionByScheduler", Kind.PREEMPTED,
            "PreemptionByKubeScheduler", Kind.PREEMPTED,
            "TerminationByKubelet", Kind.EVICTED);

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
        return Stream.of(
                        ofWholePod(),
                        ofMemory(),
                        ofDisruption(),
                        ofEnd(),
                        ofLostNode(),
                        ofScheduling(),
                        ofWaiting(),
                        ofPreparation(),
                        ofRemoval())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<PodProblem> ofWholePod() {
        return status().map(PodStatus::getReason)
                .flatMap(PodDiagnosis::ofReasonOfPod)
                // A stopped pod has a deadline, too.
                .filter(kind -> kind != Kind.DEADLINE_EXCEEDED || !ObjectLabels.wasStopped(pod))
                .map(kind ->
                        new PodProblem(kind, status().map(PodStatus::getMessage).orElse("")));
    }

    private static Optional<Kind> ofReasonOfPod(String reason) {
        // Such as OutOfcpu and OutOfmemory.
        return reason.startsWith("OutOf") ? Optional.of(Kind.REFUSED) : Optional.ofNullable(OF_WHOLE_PODS.get(reason));
    }

    private Optional<PodProblem> ofMemory() {
        return PodObservations.ended(pod)
                .filter(PodObservations::isOutOfMemory)
                .map(end -> new PodProblem(Kind.OUT_OF_MEMORY, ""));
    }

    /** An agent that has done its work before says so by its status. */
    private Optional<PodProblem> ofDisruption() {
        return endedWell()
                ? Optional.empty()
                : condition("DisruptionTarget")
                        .filter(one -> one.getStatus().equals("True"))
                        .flatMap(one -> Optional.ofNullable(OF_DISRUPTIONS.get(String.valueOf(one.getReason())))
                                .map(kind -> new PodProblem(kind, text(one.getMessage()))))
                        .or(() -> event(Set.of("Preempted"), Kind.PREEMPTED));
    }

    /** Clusters before 1.26 don't tell for what a pod is removed. */
    private Optional<PodProblem> ofRemoval() {
        return pod.getMetadata().getDeletionTimestamp() == null || endedWell()
                ? Optional.empty()
                : Optional.of(new PodProblem(Kind.REMOVED, ""));
    }

    private boolean endedWell() {
        return PodObservations.ended(pod)
                .filter(end -> Integer.valueOf(0).equals(end.getExitCode()))
                .isPresent();
    }

    private Optional<PodProblem> ofEnd() {
        return PodObservations.ended(pod)
                .filter(one -> OF_CREATION.contains(String.valueOf(one.getReason())))
                .map(one -> new PodProblem(Kind.NOT_CREATED, text(one.getMessage())));
    }

    /** Events stay when the node has come back, so that they count only while the pod is not ready. */
    private Optional<PodProblem> ofLostNode() {
        if (PodObservations.ended(pod).isPresent()) {
            return Optional.empty();
        }
        boolean unready = condition("Ready")
                .filter(one -> !one.getStatus().equals("True"))
                .isPresent();
        Optional<PodProblem> told = unready ? event(OF_LOST_NODES, Kind.NODE_LOST) : Optional.empty();
        return told.or(() -> PodObservations.isOverdue(pod)
                ? Optional.of(new PodProblem(Kind.NODE_LOST, "it was to end and has not"))
                : Optional.empty());
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
        return pending ? event(BEFORE_THE_CONTAINER, Kind.NOT_PREPARED) : Optional.empty();
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
