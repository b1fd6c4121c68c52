package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Mounts of an agent's workspace in its container, and the workspace's start commit. */
@ExtendWith(PersonUnharmed.class)
class WorkspacesTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({
        "WORKTREE, /workspace /workspace/.git:ro /claude-fleet/git /claude-fleet/objects:ro",
        "CLONE, /workspace /workspace/.git /claude-fleet/objects:ro",
        "COPY, /workspace"
    })
    void aContainerSeesWhatItsStrategyNeeds(WorkspaceStrategy strategy, String targets) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));

        Workspace workspace = resolved(origin(pat.root(), strategy));

        assertThat(workspace.mounts().stream().map(WorkspacesTest::shown)).containsExactly(targets.split(" "));
        assertThat(workspace.strategy()).isEqualTo(strategy);
        assertThat(workspace.start()).contains(pat.head().substring(0, 12) + " (main)");
        assertThat(temp.resolve("workspaces")).as("nothing is made").doesNotExist();
    }

    private static String shown(MountSpec mount) {
        return mount.target() + (mount.readOnly() ? ":ro" : "");
    }

    @Test
    void anAgentIsWhereTheProjectIsInItsRepository() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));

        assertThat(resolved(origin(pat.root().resolve("src"), WorkspaceStrategy.WORKTREE))
                        .workingDirectory())
                .isEqualTo("/workspace/src");
    }

    @Test
    void aDirectorysNameMayBeginWithASpace() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write(" module/pom.xml", "<project/>");

        assertThat(resolved(origin(pat.root().resolve(" module"), WorkspaceStrategy.WORKTREE))
                        .workingDirectory())
                .isEqualTo("/workspace/ module");
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void whereThereIsNoGitItIsACopy(WorkspaceStrategy strategy) throws IOException {
        Path project = Files.createDirectories(temp.resolve("project"));

        Workspace workspace = resolved(origin(project, strategy));

        assertThat(workspace.strategy()).isEqualTo(WorkspaceStrategy.COPY);
        assertThat(workspace.start()).contains("the files as they are");
    }

    @Test
    void whatIsNotCommittedIsSpokenOf() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("notes.txt", "not committed");

        assertThat(resolved(origin(pat.root(), WorkspaceStrategy.WORKTREE)).start())
                .hasValueSatisfying(start -> assertThat(start).endsWith("(main) without what is not committed"));
    }

    @Test
    void whatCantBeIsRefused() throws IOException {
        Path plain = Files.createDirectories(temp.resolve("plain"));
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        IntegrationSpec push = new IntegrationSpec(MergePolicy.PUSH, true, "origin", Optional.empty());

        assertThatThrownBy(() -> resolved(new WorkspaceOrigin(
                        plain,
                        WorkspaceStrategy.WORKTREE,
                        Optional.of("main"),
                        false,
                        IntegrationSpec.DEFAULT,
                        root())))
                .hasMessageContaining("workspace.start is main, and " + plain + " is in no git repository");
        assertThatThrownBy(() -> resolved(
                        new WorkspaceOrigin(pat.root(), WorkspaceStrategy.COPY, Optional.empty(), false, push, root())))
                .hasMessageContaining("workspace.merge is push");
        assertThatThrownBy(() -> resolved(new WorkspaceOrigin(
                        temp, WorkspaceStrategy.BIND, Optional.empty(), false, IntegrationSpec.DEFAULT, root())))
                .hasMessageContaining("is within " + temp + ", which agents can write");
        assertThatThrownBy(() -> resolved(
                        origin(TestRepository.empty(temp.resolve("empty")).root(), WorkspaceStrategy.WORKTREE)))
                .hasMessageContaining("has none yet");
    }

    @Test
    void aNewContainerGetsANewWorkspaceAndHearsWhatBecameOfTheLast() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        FleetSpec fleet = fleet(origin(pat.root(), WorkspaceStrategy.WORKTREE));
        AgentSpec agent = fleet.agents().get(0);
        Workspaces workspaces = new Workspaces((file, user) -> {});
        assertThat(workspaces.make(fleet, agent)).isEmpty();
        assertThat(workspaces.make(fleet, agent)).as("nothing was in it").isEmpty();
        Path tree = new WorkspaceLayout(agent.workspace().place().orElseThrow()).tree();
        TestRepository.write(tree.resolve("new.txt"), "new");

        assertThat(workspaces.make(fleet, agent))
                .hasValueSatisfying(
                        retired -> assertThat(retired.where()).isEqualTo("branch claude-fleet/shop/tester"));

        assertThat(tree.resolve("new.txt")).doesNotExist();
        assertThat(pat.git("show", "claude-fleet/shop/tester:new.txt")).isEqualTo("new");
    }

    private Workspace resolved(WorkspaceOrigin origin) {
        return fleet(origin).agents().get(0).workspace();
    }

    private static FleetSpec fleet(WorkspaceOrigin origin) {
        return Workspaces.resolve(Shop.fleet("tester", origin));
    }

    private WorkspaceOrigin origin(Path directory, WorkspaceStrategy strategy) {
        return new WorkspaceOrigin(directory, strategy, Optional.empty(), false, IntegrationSpec.DEFAULT, root());
    }

    private Path root() {
        return temp.resolve("workspaces");
    }
}
