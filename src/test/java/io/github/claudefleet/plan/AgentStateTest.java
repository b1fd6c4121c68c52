package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.spec.Labels;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AgentStateTest {

    @ParameterizedTest
    @CsvSource({
        "RUNNING, idle, true, , READY",
        "RUNNING, idle, false, , STARTING",
        "RUNNING, prompted, true, , WORKING",
        "RUNNING, prompted, false, , STARTING",
        "EXITED, prompted, true, 0, DONE",
        "EXITED, prompted, false, 0, DONE",
        "EXITED, prompted, true, 1, FAILED",
        "EXITED, prompted, false, 78, FAILED",
        "EXITED, prompted, false, , FAILED",
        "EXITED, idle, true, 0, FAILED",
        "DEAD, prompted, true, 1, FAILED",
        "CREATED, idle, false, 0, DOWN",
        "PAUSED, idle, true, , DOWN",
        "RESTARTING, idle, true, , DOWN",
        "REMOVING, idle, true, , DOWN",
        "UNKNOWN, idle, true, , DOWN"
    })
    void anAgentsStateIsToldFromOutside(
            ContainerState container, String kind, boolean saidReady, Integer exitCode, AgentState state) {
        assertThat(AgentState.of(container(container, kind, exitCode, false), saidReady))
                .isEqualTo(state);
    }

    @Test
    void anAgentThatWasKilledForItsMemoryIsToldFromOthersThatFailed() {
        assertThat(AgentState.of(container(ContainerState.EXITED, "prompted", 137, true), true))
                .isEqualTo(AgentState.OUT_OF_MEMORY);
    }

    @Test
    void anAgentThatSurvivedAKillForMemoryIsAtWork() {
        assertThat(AgentState.of(container(ContainerState.RUNNING, "prompted", null, true), true))
                .isEqualTo(AgentState.WORKING);
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsWorksOrIsDoneHasGotToItsWork(AgentState state) {
        assertThat(state.gotReady())
                .isEqualTo(Map.of(AgentState.READY, true, AgentState.WORKING, true, AgentState.DONE, true)
                        .containsKey(state));
    }

    private static ContainerObservation container(
            ContainerState state, String kind, Integer exitCode, boolean outOfMemory) {
        return new ContainerObservation(
                "id",
                "claude-fleet-shop-c0ffee00-a",
                kind.equals("prompted") ? Map.of(Labels.PROMPT, "true") : Map.of(),
                "image",
                "sha256:1",
                state,
                Optional.ofNullable(exitCode),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                outOfMemory);
    }
}
