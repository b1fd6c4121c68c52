package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.github.claudefleet.kubernetes.PodProblem.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodDiagnosisTest {

    private static final Event LOST = PodFixture.event("NodeNotReady", "Node is not ready", "2026-11-30T09:00:20Z");

    @Test
    void aPodThatRunsOrEndedByItselfHasNoProblem() {
        assertThat(of(PodFixture.pending())).isEmpty();
        assertThat(of(PodFixture.waiting("ContainerCreating", null))).isEmpty();
        assertThat(of(PodFixture.running())).isEmpty();
        assertThat(of(PodFixture.terminated(0, "Completed"))).isEmpty();
        assertThat(of(PodFixture.terminated(1, "Error"))).isEmpty();
    }

    @Test
    void aProcessThatTookTooMuchMemory() {
        assertThat(of(PodFixture.terminated(137, "OOMKilled"))).hasValueSatisfying(problem -> {
            assertThat(problem.describe("a")).isEqualTo("pod a used more memory than its limit and was killed");
            assertThat(problem.suggestion()).isEqualTo("Raise its memory limit.");
            assertThat(problem.value()).isEqualTo("out-of-memory");
            assertThat(problem.kind().mayPass()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Evicted, EVICTED",
        "DeadlineExceeded, DEADLINE_EXCEEDED",
        "NodeLost, NODE_LOST",
        "Preempting, PREEMPTED",
        "Terminated, NODE_SHUT_DOWN",
        "NodeShutdown, NODE_SHUT_DOWN",
        "OutOfcpu, REFUSED",
        "NodeAffinity, REFUSED"
    })
    void aPodThatTheClusterEnded(String reason, Kind kind) {
        assertThat(of(PodFixture.failed(reason, "the node was low on memory")))
                .hasValue(new PodProblem(kind, "the node was low on memory"));
    }

    @Test
    void aPodThatWasStopped() {
        Pod stopped = new PodBuilder(PodFixture.failed("DeadlineExceeded", "Pod was active on the node too long"))
                .editMetadata()
                .addToAnnotations(ObjectLabels.STOPPED, "true")
                .endMetadata()
                .build();

        assertThat(of(stopped)).isEmpty();
    }

    @Test
    void aPodThatNoNodeCanRun() {
        Pod pod = PodFixture.with(
                PodFixture.pending(), "PodScheduled", "False", "Unschedulable", "0/3 nodes are available");

        assertThat(of(pod)).hasValue(new PodProblem(Kind.UNSCHEDULABLE, "0/3 nodes are available"));
        assertThat(of(pod).orElseThrow().describe("a"))
                .isEqualTo("pod a has no node that can run it: 0/3 nodes are available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"})
    void anImageThatDoesNotCome(String reason) {
        assertThat(of(PodFixture.waiting(reason, "no such image")))
                .hasValue(new PodProblem(Kind.IMAGE_NOT_PULLED, "no such image"));
    }

    @Test
    void aContainerThatCanNotBeCreated() {
        Event mount = PodFixture.event("FailedMount", "secret \"kit\" not found", "2026-11-30T09:00:20Z");

        assertThat(of(PodFixture.waiting("CreateContainerConfigError", "no user")))
                .hasValue(new PodProblem(Kind.NOT_CREATED, "no user"));
        assertThat(of(PodFixture.terminated(127, "ContainerCannotRun")))
                .map(PodProblem::kind)
                .hasValue(Kind.NOT_CREATED);
        assertThat(of(PodFixture.waiting("ContainerCreating", null), mount))
                .hasValue(new PodProblem(Kind.NOT_PREPARED, "secret \"kit\" not found"));
        assertThat(of(PodFixture.running(), mount)).isEmpty();
    }

    @Test
    void aNodeThatWasLost() {
        Pod unready = PodFixture.with(PodFixture.running(), "Ready", "False", null, null);
        Pod ready = PodFixture.with(PodFixture.running(), "Ready", "True", null, null);
        Pod today = PodFixture.with(
                PodFixture.running(), "DisruptionTarget", "True", "DeletionByTaintManager", "Taint manager: deleting");

        assertThat(of(unready, LOST)).hasValue(new PodProblem(Kind.NODE_LOST, "Node is not ready"));
        assertThat(of(unready)).isEmpty();
        assertThat(of(ready, LOST)).as("the node has come back").isEmpty();
        assertThat(of(today)).map(PodProblem::kind).hasValue(Kind.NODE_LOST);
        assertThat(of(PodFixture.terminated(0, "Completed"), LOST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "EvictionByEvictionAPI, DRAINED",
        "PreemptionByScheduler, PREEMPTED",
        "TerminationByKubelet, EVICTED",
        "DeletionByPodGC, NODE_LOST"
    })
    void aClusterThatNamesTheDisruption(String reason, Kind kind) {
        Pod worked = PodFixture.with(PodFixture.terminated(143, "Error"), "DisruptionTarget", "True", reason, "why");
        Pod done = PodFixture.with(PodFixture.terminated(0, "Completed"), "DisruptionTarget", "True", reason, "why");

        assertThat(of(worked)).hasValue(new PodProblem(kind, "why"));
        assertThat(of(done)).isEmpty();
    }

    @Test
    void aPodThatIsToldToEndOnAnOlderCluster() {
        Event preempted = PodFixture.event("Preempted", "Preempted by team/urgent", "2026-11-30T09:00:20Z");
        Pod soon = deleted(PodFixture.terminated(143, "Error"), Instant.now().plusSeconds(20));

        assertThat(of(soon)).map(PodProblem::kind).hasValue(Kind.REMOVED);
        assertThat(of(soon, preempted)).hasValue(new PodProblem(Kind.PREEMPTED, "Preempted by team/urgent"));
        assertThat(of(deleted(PodFixture.terminated(0, "Completed"), Instant.now())))
                .isEmpty();
    }

    @Test
    void aPodThatShouldHaveEndedLongAgoIsOnALostNode() {
        Instant past = Instant.now().minusSeconds(600);

        assertThat(of(deleted(PodFixture.running(), past)))
                .map(PodProblem::kind)
                .hasValue(Kind.NODE_LOST);
    }

    @ParameterizedTest
    @EnumSource
    void eachProblemTellsTheNextAction(Kind kind) {
        assertThat(new PodProblem(kind, "why").advise("a"))
                .startsWith("pod a ")
                .contains(": why (")
                .endsWith(")")
                .doesNotContain(".)");
    }

    private static Pod deleted(Pod pod, Instant end) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp(end.toString())
                .endMetadata()
                .build();
    }

    private static Optional<PodProblem> of(Pod pod, Event... events) {
        return PodDiagnosis.of(pod, List.of(events));
    }
}
