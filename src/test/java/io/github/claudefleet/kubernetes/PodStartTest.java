package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodStartTest {

    private final PodStart start = new PodStart("start pod shop-a", "shop-a");

    @Test
    void aPodBeginsWhenItsProcessDoes() {
        assertThat(PodStart.isBegun(PodFixture.pending())).isFalse();
        assertThat(PodStart.isBegun(PodFixture.waiting("ErrImagePull", ""))).isFalse();
        assertThat(PodStart.isBegun(PodFixture.running())).isTrue();
        assertThat(PodStart.isBegun(PodFixture.terminated(78, "Error"))).isTrue();
    }

    @Test
    void aProblemThatMayPassIsWaitedOutForTwoMinutes() {
        PodProblem problem = new PodProblem(PodProblem.Kind.UNSCHEDULABLE, "0/1 nodes are available");
        int glances = waits(Optional.of(problem));

        EngineException failure = catchThrowableOfType(EngineException.class, () -> start.goOn(Optional.of(problem)));

        assertThat(glances).isEqualTo(23);
        assertThat(failure.kind()).isEqualTo(Kind.FAILED);
        assertThat(failure)
                .hasMessage("start pod shop-a: pod shop-a has no node that can run it: 0/1 nodes are available");
        assertThat(failure.suggestion()).isPresent();
    }

    @Test
    void aProblemThatHasPassedBeginsAnew() {
        PodProblem problem = new PodProblem(PodProblem.Kind.IMAGE_NOT_PULLED, "");
        for (int i = 0; i < 20; i++) {
            start.goOn(Optional.of(problem));
        }
        start.goOn(Optional.empty());

        assertThat(waits(Optional.of(problem))).isEqualTo(23);
    }

    @Test
    void aProblemThatStaysEndsTheWaitAtOnce() {
        assertThat(waits(Optional.of(new PodProblem(PodProblem.Kind.NOT_CREATED, "no such volume"))))
                .isZero();
    }

    @Test
    void aSlowPullIsWaitedForAQuarterOfAnHour() {
        assertThat(waits(Optional.empty())).isEqualTo(179);
    }

    private int waits(Optional<PodProblem> problem) {
        for (int number = 0; number < 1000; number++) {
            try {
                start.goOn(problem);
            } catch (EngineException e) {
                return number;
            }
        }
        throw new AssertionError("it waits for ever");
    }
}
