package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;

/** Pods as the API server reports them. */
final class PodFixture {

    private PodFixture() {}

    /** Returns a pod before a node has it. */
    static Pod pending() {
        Pod pod = PodFactory.pod(
                RequestFixture.named("shop-a").request(),
                new PodMounts(List.of(), List.of(), Optional.empty(), List.of()),
                Optional.empty(),
                "c");
        return new PodBuilder(pod)
                .editMetadata()
                .withCreationTimestamp("2026-11-30T09:00:00Z")
                .endMetadata()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    static Pod in(String phase, ContainerState container) {
        return new PodBuilder(pending())
                .editStatus()
                .withPhase(phase)
                .addNewContainerStatus()
                .withName(PodFactory.CONTAINER)
                .withImageID("sha256:1")
                .withState(container)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    static Pod running() {
        return in(
                "Running",
                new ContainerStateBuilder()
                        .withNewRunning("2026-11-30T09:00:05Z")
                        .build());
    }

    static Pod waiting(String reason, String message) {
        return in(
                "Pending",
                new ContainerStateBuilder().withNewWaiting(message, reason).build());
    }

    static Pod terminated(int exitCode, String reason) {
        ContainerState state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withStartedAt("2026-11-30T09:00:05Z")
                .withFinishedAt("2026-11-30T09:00:09Z")
                .endTerminated()
                .build();
        return in(exitCode == 0 ? "Succeeded" : "Failed", state);
    }

    /** Returns a pod that failed as a whole. */
    static Pod failed(String reason, String message) {
        return new PodBuilder(pending())
                .editStatus()
                .withPhase("Failed")
                .withReason(reason)
                .withMessage(message)
                .endStatus()
                .build();
    }

    static Pod with(Pod pod, String condition, String status, String reason, String message) {
        return new PodBuilder(pod)
                .editStatus()
                .addNewCondition()
                .withType(condition)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    static Event event(String reason, String message, String time) {
        return new EventBuilder()
                .withReason(reason)
                .withMessage(message)
                .withLastTimestamp(time)
                .build();
    }
}
