package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class TransfersTest {

    private static final ContainerState WAITS = new ContainerStateBuilder()
            .withNewWaiting(null, "ContainerCreating")
            .build();
    private static final ContainerState RUNS =
            new ContainerStateBuilder().withNewRunning("2026-11-30T09:00:05Z").build();

    @Test
    void anAgentThatEndedFirstLeavesItsWorkspaceWithinReach() {
        Pod pod = beside(ended(1, "Error"), WAITS);

        assertThat(PodObservations.isOver(pod)).isTrue();
        assertThat(Transfers.isPast(pod)).isFalse();
        assertThat(Transfers.running(beside(ended(1, "Error"), RUNS))).hasValue(new PodPart("shop-a", "transfer"));
    }

    @Test
    void aWorkspaceIsOutOfReachWhenItsOwnContainerHasEnded() {
        Pod killed = beside(RUNS, ended(137, "OOMKilled"));

        assertThat(Transfers.isPast(killed)).isTrue();
        assertThat(Transfers.running(killed)).isEmpty();
        assertThat(Transfers.isPast(restarted(killed))).isFalse();
    }

    @Test
    void aWorkspaceIsOutOfReachWithItsPod() {
        Pod deleted = new PodBuilder(beside(RUNS, WAITS))
                .editMetadata()
                .withDeletionTimestamp("2026-11-30T09:01:00Z")
                .endMetadata()
                .build();

        assertThat(Transfers.isPast(deleted)).isTrue();
        assertThat(Transfers.isPast(PodFixture.failed("Evicted", "low on memory")))
                .isTrue();
        assertThat(Transfers.isPast(PodFixture.pending())).isFalse();
    }

    private static Pod restarted(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .withRestartPolicy("Always")
                .endSpec()
                .build();
    }

    private static ContainerState ended(int exitCode, String reason) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .endTerminated()
                .build();
    }

    /** Returns a pod with the states of its agent and of the container beside it. */
    private static Pod beside(ContainerState agent, ContainerState transfer) {
        return new PodBuilder(PodFixture.in("Running", agent))
                .editStatus()
                .addNewContainerStatus()
                .withName("transfer")
                .withState(transfer)
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
