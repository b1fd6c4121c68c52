package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fleets that are built without Maven. Their defaults are compared with a pom's by JavaBuiltFleetTest. */
class FleetBuilderTest {

    private static final Path DIRECTORY = Path.of("/home/ann/shop");
    private static final Usd TWO_DOLLARS = Usd.parse("maxCost", "2");

    @Test
    void withoutAHomeThereIsNoPlaceForALogin() {
        HomeDirectory none = HomeDirectory.of(Map.of(), null, false);

        assertThatThrownBy(() -> FleetBuilder.of(Shop.idOf("shop"), new ContainerUser(1000, 1000), none))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("HOME is not set");
    }

    @Test
    void aCredentialNeedsAModeThatTakesIt() {
        assertThatThrownBy(() -> Shop.fleet().credential(LoginMode.LOGIN, Shop.credential("t0ken")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("auth.mode is login, which takes neither a token nor a key");
        assertThatThrownBy(() -> LoginSpec.in(DIRECTORY).withMode(LoginMode.TOKEN, Optional.empty()))
                .hasMessage("auth.mode is token, for which there is neither a token nor a key");
    }

    @Test
    void theFleetsVariablesAreTheAgentsUnlessTheyHaveTheirOwn() {
        FleetSpec spec = Shop.fleet()
                .environment(Map.of("A", "fleet", "B", "fleet"))
                .agent(Shop.agent("tester").environment(Map.of("B", "own")))
                .toSpec();

        assertThat(spec.containers().environment()).isEqualTo(Map.of("A", "fleet", "B", "fleet"));
        assertThat(spec.agents().get(0).environment()).isEqualTo(Map.of("A", "fleet", "B", "own"));
    }

    @Test
    void aPromptBeginsAtOnceWithItsBudget() {
        FleetSpec spec = Shop.fleet()
                .agent(Shop.agent("tester").prompt("Test").maxCost(TWO_DOLLARS))
                .toSpec();

        assertThat(spec.work().queues()).singleElement().matches(TaskQueue::atOnce);
        assertThat(spec.agents().get(0).prompt()).contains(new Prompt("Test"));
        assertThat(spec.agents().get(0).takesTasks()).isFalse();
        assertThat(spec.agents().get(0).claude().arguments()).containsExactly("--max-budget-usd", "2");
    }

    @ParameterizedTest
    @MethodSource
    void aPromptWaitsWhereThePaceIsLimited(UnaryOperator<FleetBuilder> limit) {
        FleetSpec spec = limit.apply(Shop.fleet().agent(Shop.agent("tester").prompt("Test")))
                .toSpec();

        assertThat(spec.work().queues()).singleElement().matches(queue -> !queue.atOnce());
        assertThat(spec.agents().get(0).prompt()).isEmpty();
        assertThat(spec.agents().get(0).takesTasks()).isTrue();
    }

    static Stream<UnaryOperator<FleetBuilder>> aPromptWaitsWhereThePaceIsLimited() {
        return Stream.of(
                fleet -> fleet.maxConcurrent(1),
                fleet -> fleet.stagger(Duration.ofSeconds(1)),
                fleet -> fleet.maxCost(TWO_DOLLARS));
    }

    @Test
    void tasksAreSentOneByOne() {
        FleetSpec spec = Shop.fleet()
                .agent(Shop.agent("fixer").task("parser", "Fix the parser").task("lexer", "Fix the lexer"))
                .toSpec();

        TaskQueue queue = spec.work().queues().get(0);
        assertThat(queue.tasks())
                .extracting(task -> task.id().toString())
                .containsExactly("fixer/parser", "fixer/lexer");
        assertThat(queue.atOnce()).isFalse();
        assertThat(spec.agents().get(0).takesTasks()).isTrue();
    }

    @Test
    void agentsOfASharedQueueTakeItsTasks() {
        AgentName fixer = new AgentName("fixer");
        Task task = new Task(TaskId.of(fixer, "01"), new Prompt("Fix it"));
        List<AgentName> replicas = List.of(fixer.replica(1), fixer.replica(2));
        FleetSpec spec = Shop.fleet("fixer-1", "fixer-2", "idle")
                .queue(new TaskQueue(
                        fixer,
                        List.of(task),
                        replicas,
                        false,
                        List.of(),
                        TaskTimeouts.DEFAULT,
                        Optional.empty(),
                        0,
                        Optional.empty()))
                .toSpec();

        assertThat(spec.agents()).extracting(AgentSpec::takesTasks).containsExactly(true, true, false);
    }

    @Test
    void aPromptBesideTasksIsRefused() {
        FleetBuilder fleet =
                Shop.fleet().agent(Shop.agent("fixer").prompt("Fix").task("01", "Fix more"));

        assertThatThrownBy(fleet::toSpec)
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agent.prompt is set beside tasks (agent fixer)");
    }

    @Test
    void aCopyStartsWithUncommittedChanges() {
        FleetSpec spec = Shop.fleet()
                .workspaceRoot(Path.of("/var/own"))
                .agent(AgentBuilder.named("a", DIRECTORY).strategy(WorkspaceStrategy.COPY))
                .agent(AgentBuilder.named("b", DIRECTORY))
                .toSpec();

        assertThat(spec.agents())
                .extracting(agent -> agent.workspace().origin())
                .containsExactly(origin(WorkspaceStrategy.COPY, true), origin(WorkspaceStrategy.WORKTREE, false));
    }

    private static WorkspaceOrigin origin(WorkspaceStrategy strategy, boolean uncommitted) {
        return new WorkspaceOrigin(
                DIRECTORY, strategy, Optional.empty(), uncommitted, IntegrationSpec.DEFAULT, Path.of("/var/own"));
    }
}
