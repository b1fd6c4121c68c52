package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PodObservationsTest {

    private static final Instant CREATED = Instant.parse("2026-11-30T09:00:00Z");

    @Test
    void aPodThatWaitsIsCreated() {
        ContainerObservation waiting = PodObservations.container(PodFixture.waiting("ContainerCreating", null));

        assertThat(PodObservations.container(PodFixture.pending()).state()).isEqualTo(ContainerState.CREATED);
        assertThat(waiting.state()).isEqualTo(ContainerState.CREATED);
        assertThat(waiting.createdAt()).hasValue(CREATED);
        assertThat(waiting.startedAt()).isEmpty();
        assertThat(waiting.exitCode()).isEmpty();
    }

    @Test
    void aPodThatRunsHasItsNameItsLabelsAndItsStart() {
        ContainerObservation running = PodObservations.container(PodFixture.running());

        assertThat(running.state()).isEqualTo(ContainerState.RUNNING);
        assertThat(running.id()).isEqualTo("shop-a");
        assertThat(running.name()).isEqualTo("shop-a");
        assertThat(running.label(RequestFixture.DIRECTORY)).hasValue("/home/ann/shop: the old one");
        assertThat(running.labels()).hasSize(2);
        assertThat(running.image()).isEqualTo(RequestFixture.IMAGE);
        assertThat(running.imageId()).isEqualTo("sha256:1");
        assertThat(running.startedAt()).hasValue(CREATED.plusSeconds(5));
    }

    @Test
    void aPodThatEndedHasItsExitCodeAndTimes() {
        ContainerObservation ended = PodObservations.container(PodFixture.terminated(7, "Error"));

        assertThat(ended.state()).isEqualTo(ContainerState.EXITED);
        assertThat(ended.exitCode()).hasValue(7);
        assertThat(ended.startedAt()).hasValue(CREATED.plusSeconds(5));
        assertThat(ended.finishedAt()).hasValue(CREATED.plusSeconds(9));
        assertThat(ended.outOfMemory()).isFalse();
        assertThat(PodObservations.container(PodFixture.terminated(137, "OOMKilled"))
                        .outOfMemory())
                .isTrue();
    }

    @Test
    void aPodThatFailedAsAWholeIsDeadWithoutAnExitCode() {
        ContainerObservation evicted = PodObservations.container(PodFixture.failed("Evicted", "low on memory"));

        assertThat(evicted.state()).isEqualTo(ContainerState.DEAD);
        assertThat(evicted.exitCode()).isEmpty();
    }

    @Test
    void aPodThatIsToGoIsBeingRemovedUntilItEnds() {
        String soon = Instant.now().plusSeconds(20).toString();
        assertThat(PodObservations.container(deleted(PodFixture.running(), soon))
                        .state())
                .isEqualTo(ContainerState.REMOVING);
        assertThat(PodObservations.container(deleted(PodFixture.terminated(0, "Completed")))
                        .state())
                .isEqualTo(ContainerState.EXITED);
    }

    @Test
    void aKeeperThatEndedIsAboutToRestart() {
        Pod keeper = new PodBuilder(PodFixture.terminated(1, "Error"))
                .editSpec()
                .withRestartPolicy("Always")
                .endSpec()
                .build();

        assertThat(PodObservations.container(keeper).state()).isEqualTo(ContainerState.RESTARTING);
        assertThat(PodObservations.isOver(keeper)).isFalse();
        assertThat(PodObservations.isOver(PodFixture.terminated(1, "Error"))).isTrue();
        assertThat(PodObservations.isOver(PodFixture.failed("Evicted", ""))).isTrue();
    }

    /** Its node would have reported the end, if it answered. */
    @Test
    void aPodThatShouldHaveGoneLongAgoIsDead() {
        assertThat(PodObservations.container(deleted(PodFixture.running())).state())
                .isEqualTo(ContainerState.DEAD);
    }

    private static Pod deleted(Pod pod) {
        return deleted(pod, "2026-11-30T09:01:00Z");
    }

    private static Pod deleted(Pod pod, String end) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp(end)
                .endMetadata()
                .build();
    }
}
