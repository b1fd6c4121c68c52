package io.github.claudefleet.converge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Labels;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadinessWatchTest {

    private static final String READY = "claude-fleet: agent tester ready";
    private static final Duration GENEROUS = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Map<String, String> IDLE = Map.of(Labels.AGENT, "tester");
    private static final Map<String, String> PROMPTED = Map.of(Labels.AGENT, "tester", Labels.PROMPT, "true");

    private final FakeEngine engine = new FakeEngine();
    private final ReadinessWatch watch = new ReadinessWatch(engine, InstantSource.system());

    @Test
    void anAgentIsReadyOnceItSaysSo() throws InterruptedException {
        has(IDLE, ContainerState.RUNNING, null, "a line of the image's own", READY);

        assertThat(await(GENEROUS)).isEqualTo(readyAs(AgentState.READY));
    }

    @Test
    void anAgentWithAPromptIsAtWorkOnceItSaysSo() throws InterruptedException {
        has(PROMPTED, ContainerState.RUNNING, null, READY, "{\"type\":\"system\"}");

        assertThat(await(GENEROUS)).isEqualTo(readyAs(AgentState.WORKING));
    }

    @ParameterizedTest
    @CsvSource({"0, DONE", "1, FAILED"})
    void whatBecomesOfAPromptIsNotAQuestionOfReadiness(int exitCode, AgentState state) throws InterruptedException {
        has(PROMPTED, ContainerState.EXITED, exitCode, READY, "{\"type\":\"result\"}");

        assertThat(await(GENEROUS)).isEqualTo(readyAs(state));
    }

    @Test
    void anIdleAgentThatHasEndedIsNotReadyWhateverItSaidBefore() throws InterruptedException {
        has(IDLE, ContainerState.EXITED, 143, READY);

        assertThat(await(GENEROUS).reason()).isEqualTo("it ended with exit status 143");
    }

    @ParameterizedTest
    @CsvSource({
        "77, it ended with exit status 77 (it cannot write its workspace)",
        "78, it ended with exit status 78 (it cannot use the login)",
        "127, it ended with exit status 127 (its image has no claude command)",
        "1, it ended with exit status 1"
    })
    void anAgentThatEndsBeforeIsToldByItsStatusAndItsLastLines(int exitCode, String reason)
            throws InterruptedException {
        has(PROMPTED, ContainerState.EXITED, exitCode, "one", "two");

        Readiness readiness = await(GENEROUS);

        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.state()).isEqualTo(AgentState.FAILED);
        assertThat(readiness.reason()).isEqualTo(reason);
        assertThat(readiness.lastLines()).containsExactly("one", "two");
    }

    @Test
    void onlyTheLastTwentyLinesAreShown() throws InterruptedException {
        String[] lines = IntStream.rangeClosed(1, 50).mapToObj(String::valueOf).toArray(String[]::new);
        has(IDLE, ContainerState.EXITED, 1, lines);

        assertThat(await(GENEROUS).lastLines()).hasSize(20).startsWith("31").endsWith("50");
    }

    @Test
    void aStreamThatEndsEarlySaysNothingOfItsContainerAndIsAskedForAgain() throws InterruptedException {
        has(IDLE, ContainerState.RUNNING, null, READY);
        engine.breakingStreams(2);

        assertThat(await(GENEROUS)).isEqualTo(readyAs(AgentState.READY));
    }

    @Test
    void anAgentThatSaysNothingIsGivenItsTimeAndNoMore() throws InterruptedException {
        has(IDLE, ContainerState.RUNNING, null, "waiting for godot");

        Readiness readiness = await(SHORT);

        assertThat(readiness.state()).isEqualTo(AgentState.STARTING);
        assertThat(readiness.reason()).isEqualTo("it has not seen the login within 300ms");
        assertThat(readiness.lastLines()).containsExactly("waiting for godot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-fleet: agent other ready", "> " + READY, READY + "?", "ready"})
    void onlyItsOwnWordCounts(String line) throws InterruptedException {
        has(IDLE, ContainerState.RUNNING, null, line);

        assertThat(await(SHORT).isReady()).isFalse();
    }

    @Test
    void aContainerThatSomebodyPausedIsNotReady() throws InterruptedException {
        has(IDLE, ContainerState.PAUSED, null, READY);

        assertThat(await(GENEROUS).reason()).isEqualTo("its container is paused");
    }

    @Test
    void aContainerThatSomebodyRemovedIsGone() throws InterruptedException {
        Readiness readiness = await(GENEROUS);

        assertThat(readiness.state()).isEqualTo(AgentState.DOWN);
        assertThat(readiness.reason()).isEqualTo("its container is gone");
    }

    @Test
    void aLookDoesNotWaitForAnything() throws InterruptedException {
        has(IDLE, ContainerState.RUNNING, null, "not yet");
        assertThat(look()).isEqualTo(AgentState.STARTING);

        engine.prints("c-tester", READY);
        assertThat(look()).isEqualTo(AgentState.READY);

        has(IDLE, ContainerState.EXITED, 1);
        assertThat(look()).isEqualTo(AgentState.FAILED);
    }

    @Test
    void theMessageNamesEachAgentWithItsReasonAndItsLines() {
        AgentName tester = new AgentName("tester");
        Readiness silent = new Readiness(tester, "c-1", AgentState.STARTING, "it has not seen the login", List.of());
        Readiness loud = new Readiness(tester.replica(2), "c-2", AgentState.FAILED, "it ended", List.of("a", "b"));

        assertThat(new AgentNotReadyException(List.of(silent, loud))).hasMessage("""
                Agent tester did not get ready: it has not seen the login; it printed nothing.
                Agent tester-2 did not get ready: it ended; its last lines:
                  a
                  b""");
    }

    private Readiness await(Duration limit) throws InterruptedException {
        ReadinessWatch.Waited waited = watch.await(new AgentName("tester"), "c-tester", limit);
        return watch.judge(waited, engine.containers().find("c-tester"));
    }

    private AgentState look() throws InterruptedException {
        return watch.stateOf(engine.named("claude-fleet-shop-c0ffee00-tester"));
    }

    private static Readiness readyAs(AgentState state) {
        return new Readiness(new AgentName("tester"), "c-tester", state, "", List.of());
    }

    private void has(Map<String, String> labels, ContainerState state, Integer exitCode, String... lines) {
        engine.put(new ContainerObservation(
                "c-tester",
                "claude-fleet-shop-c0ffee00-tester",
                labels,
                "acme/agent:1",
                "sha256:1",
                state,
                Optional.ofNullable(exitCode),
                Optional.empty(),
                Optional.of(FakeEngine.STARTED),
                Optional.empty(),
                false));
        engine.prints("c-tester", lines);
    }
}
