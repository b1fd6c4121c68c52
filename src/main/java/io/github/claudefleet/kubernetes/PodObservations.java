package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.github.claudefleet.engine.ContainerObservation;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Translates pods into the port's observations. */
final class PodObservations {

    private static final String OUT_OF_MEMORY = "OOMKilled";

    /** Time after the end of a pod's grace period, for its node and for clocks that differ. */
    private static final Duration OVERDUE = Duration.ofSeconds(60);

    private PodObservations() {}

    static ContainerObservation container(Pod pod) {
        Optional<ContainerStateTerminated> end = ended(pod).or(() -> endedBefore(pod));
        return new ContainerObservation(
                pod.getMetadata().getName(),
                ObjectLabels.name(pod),
                ObjectLabels.of(pod),
                pod.getSpec().getContainers().get(0).getImage(),
                status(pod).map(ContainerStatus::getImageID).orElse(""),
                state(pod),
                end.map(ContainerStateTerminated::getExitCode),
                time(pod.getMetadata().getCreationTimestamp()),
                end.map(ContainerStateTerminated::getStartedAt)
                        .or(() -> running(pod).map(ContainerStateRunning::getStartedAt))
                        .flatMap(PodObservations::time),
                end.map(ContainerStateTerminated::getFinishedAt).flatMap(PodObservations::time),
                end.filter(PodObservations::isOutOfMemory).isPresent());
    }

    /** Returns true if the pod will never run again, so that its log is complete. */
    static boolean isOver(Pod pod) {
        return switch (state(pod)) {
            case EXITED, DEAD -> true;
            default -> false;
        };
    }

    /** Returns the end of the pod's container, which a pod that is to be restarted has for a moment. */
    static Optional<ContainerStateTerminated> ended(Pod pod) {
        return status(pod).map(ContainerStatus::getState).map(ContainerState::getTerminated);
    }

    /** Returns the last end of a container that waits for its next start. */
    private static Optional<ContainerStateTerminated> endedBefore(Pod pod) {
        return status(pod)
                .filter(status -> Optional.ofNullable(status.getState())
                        .map(ContainerState::getWaiting)
                        .isPresent())
                .map(ContainerStatus::getLastState)
                .map(ContainerState::getTerminated);
    }

    static boolean isOutOfMemory(ContainerStateTerminated end) {
        return OUT_OF_MEMORY.equals(end.getReason());
    }

    /** Returns the status of the pod's only container; empty before a node has accepted the pod, and after its loss. */
    static Optional<ContainerStatus> status(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(status -> status.getContainerStatuses())
                .orElse(List.of())
                .stream()
                .filter(status -> status.getName().equals(PodFactory.CONTAINER))
                .findFirst();
    }

    static String phase(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(status -> status.getPhase())
                .orElse("");
    }

    private static io.github.claudefleet.engine.ContainerState state(Pod pod) {
        boolean terminated = ended(pod).isPresent();
        if (terminated) {
            return "Always".equals(pod.getSpec().getRestartPolicy())
                    ? io.github.claudefleet.engine.ContainerState.RESTARTING
                    : io.github.claudefleet.engine.ContainerState.EXITED;
        }
        if (phase(pod).equals("Failed") || phase(pod).equals("Succeeded")) {
            return io.github.claudefleet.engine.ContainerState.DEAD;
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return isOverdue(pod)
                    ? io.github.claudefleet.engine.ContainerState.DEAD
                    : io.github.claudefleet.engine.ContainerState.REMOVING;
        }
        if (endedBefore(pod).isPresent()) {
            return io.github.claudefleet.engine.ContainerState.RESTARTING;
        }
        if (running(pod).isPresent()) {
            return io.github.claudefleet.engine.ContainerState.RUNNING;
        }
        return phase(pod).equals("Unknown")
                ? io.github.claudefleet.engine.ContainerState.UNKNOWN
                : io.github.claudefleet.engine.ContainerState.CREATED;
    }

    /** Returns true for a pod that should be gone by now, as its node does not answer: it waits for the node. */
    static boolean isOverdue(Pod pod) {
        return time(pod.getMetadata().getDeletionTimestamp())
                .filter(end -> end.plus(OVERDUE).isBefore(Instant.now()))
                .isPresent();
    }

    private static Optional<ContainerStateRunning> running(Pod pod) {
        return status(pod).map(ContainerStatus::getState).map(ContainerState::getRunning);
    }

    private static Optional<Instant> time(String text) {
        return Optional.ofNullable(text)
                .filter(given -> !given.isBlank())
                .map(given -> OffsetDateTime.parse(given).toInstant());
    }
}
