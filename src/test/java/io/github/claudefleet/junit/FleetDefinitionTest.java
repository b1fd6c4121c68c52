package io.github.claudefleet.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fleets of annotations. */
class FleetDefinitionTest {

    private static final Path HERE = Path.of("").toAbsolutePath();

    @TempDir
    Path home;

    @Fleet(
            agents = {
                @Agent(name = "fixer", prompt = "Fix it.", check = "make test", rounds = 2),
                @Agent(
                        name = "tester",
                        tasks = {@AgentTask(name = "one", prompt = "First"), @AgentTask(name = "two", prompt = "Second")
                        },
                        strategy = WorkspaceStrategy.READONLY),
                @Agent(name = "idle")
            })
    static class ThreeAgentsTest {}

    @Fleet(
            name = "shop",
            agents = @Agent(name = "fixer"),
            image = "acme/agent:1",
            project = "src/it",
            scripts = "../rehearsals",
            results = "../out",
            customizer = MorePeople.class)
    static class EverythingSet {}

    static class MorePeople implements FleetCustomizer {
        @Override
        public void customize(FleetBuilder fleet) {
            fleet.agent(Shop.agent("another"));
        }
    }

    @Fleet(rehearsal = false, agents = @Agent(name = "fixer"))
    static class RealWork {}

    @Fleet
    static class Nobody {}

    @Fleet(agents = @Agent(name = "fixer", rounds = 1))
    static class RoundsWithoutACheck {}

    @Test
    void aFleetIsARehearsalUnderTheNameOfItsClass() {
        FleetSpec spec = spec(ThreeAgentsTest.class);

        assertThat(spec.name()).hasToString("three-agents-test-rehearsal");
        assertThat(spec.id().lifetime()).isEqualTo(Lifetime.BUILD);
        assertThat(spec.rehearsal()).contains(new Rehearsal(HERE.resolve("src/fleet")));
        assertThat(definition(ThreeAgentsTest.class).results())
                .isEqualTo(HERE.resolve("target/claude-fleet/three-agents-test"));
    }

    @Test
    void agentsHaveTheirWorkAndLeaveNothingInTheRepository() {
        FleetSpec spec = spec(ThreeAgentsTest.class);

        TaskQueue fixer = spec.work().queues().get(0);
        assertThat(fixer.check().orElseThrow().command()).isEqualTo("make test");
        assertThat(fixer.check().orElseThrow().rounds()).isEqualTo(2);
        assertThat(spec.work().tasksOf(new AgentName("tester")))
                .extracting(Task::id)
                .extracting(Object::toString)
                .containsExactly("tester/one", "tester/two");
        assertThat(spec.work().tasksOf(new AgentName("idle"))).isEmpty();
        assertThat(spec.agents())
                .extracting(AgentSpec::workspace)
                .extracting(workspace -> workspace.origin())
                .allSatisfy(origin -> {
                    assertThat(origin.home().merge()).isEqualTo(MergePolicy.PATCH);
                    assertThat(origin.root())
                            .isEqualTo(HERE.resolve("target/claude-fleet/three-agents-test/workspaces"));
                    assertThat(origin.uncommitted()).isTrue();
                })
                .extracting(WorkspaceOrigin::strategy)
                .containsExactly(WorkspaceStrategy.WORKTREE, WorkspaceStrategy.READONLY, WorkspaceStrategy.WORKTREE);
    }

    @Test
    void eachElementCounts() {
        FleetSpec spec = spec(EverythingSet.class);

        assertThat(spec.name()).hasToString("shop-rehearsal");
        assertThat(spec.image()).isEqualTo(new ImageSpec.Named("acme/agent:1", PullPolicy.MISSING));
        assertThat(spec.agents()).extracting(AgentSpec::name).hasToString("[fixer, another]");
        assertThat(spec.agents().get(0).workspace().origin().directory()).isEqualTo(HERE.resolve("src/it"));
        assertThat(spec.rehearsal()).contains(new Rehearsal(HERE.resolve("src/rehearsals")));
        assertThat(definition(EverythingSet.class).results()).isEqualTo(HERE.resolve("src/out/shop"));
    }

    @Test
    void realWorkHasToBeAskedFor() {
        FleetSpec spec = spec(RealWork.class);

        assertThat(spec.rehearsal()).isEmpty();
        assertThat(spec.name()).hasToString("real-work");
        assertThat(spec.login().mode()).isEqualTo(LoginMode.LOGIN);
    }

    @Test
    void aFleetWithoutAgentsIsRefused() {
        assertThatThrownBy(() -> spec(Nobody.class))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agents is empty (" + Nobody.class.getName() + ")");
    }

    @Test
    void roundsNeedACheck() {
        assertThatThrownBy(() -> spec(RoundsWithoutACheck.class)).hasMessage("agent.check has no command");
    }

    private FleetSpec spec(Class<?> tests) {
        return definition(tests).spec(HomeDirectory.at(home));
    }

    private static FleetDefinition definition(Class<?> tests) {
        Optional<FleetDefinition> found = new Fleet.Extension().definitionOf(tests);
        return found.orElseThrow();
    }
}
