package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Agent of fleet shop in a workspace of a person's project, created and integrated as by the goals. */
final class AgentAtWork {

    private final Path project;
    private final Path root;
    private final FleetSpec fleet;
    private final AgentSpec agent;

    private AgentAtWork(Path project, Path root, FleetSpec fleet) {
        this.project = project;
        this.root = root;
        this.fleet = Workspaces.resolve(fleet);
        this.agent = this.fleet.agents().get(0);
    }

    /** Starts an agent with a new workspace. */
    static AgentAtWork start(Path project, Path root, WorkspaceStrategy strategy, MergePolicy merge) {
        IntegrationSpec integration = new IntegrationSpec(merge, true, "origin", Optional.empty());
        return start(root, new WorkspaceOrigin(project, strategy, Optional.empty(), false, integration, root));
    }

    static AgentAtWork start(Path root, WorkspaceOrigin origin) {
        AgentAtWork one = new AgentAtWork(origin.directory(), root, Shop.fleet("fixer", origin));
        one.startAgain();
        return one;
    }

    /** Replaces the workspace with a new one. */
    Optional<RetiredWorkspace> startAgain() {
        return new Workspaces((file, user) -> {}).make(fleet, agent);
    }

    WorkspaceLayout place() {
        return new WorkspaceLayout(agent.workspace().place().orElseThrow());
    }

    Workspace workspace() {
        return agent.workspace();
    }

    AgentAtWork write(String name, String text) {
        TestRepository.write(place().tree().resolve(name), text);
        return this;
    }

    /** Git as in the agent's container. */
    Git git() {
        return Git.asPerson(place().tree())
                .with("GIT_DIR", place().agentGit().toString())
                .with("GIT_WORK_TREE", place().tree().toString())
                .with(
                        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                        project.resolve(".git/objects").toString());
    }

    String git(String... arguments) {
        return git().ask(arguments);
    }

    AgentAtWork commit(String message) {
        git("add", "--all");
        git("commit", "--quiet", "-m", message);
        return this;
    }

    /** Integrates the changes as {@code await} and {@code stop} do. */
    IntegrationResult integrateChanges() {
        return Workspaces.integrateChanges(List.of(place()), root.resolveSibling("results"))
                .get(0);
    }

    /** Integrates the changes and cleans up as {@code stop} does. */
    IntegrationResult stop() {
        IntegrationResult integrated = integrateChanges();
        Workspaces.tidy(List.of(integrated));
        return integrated;
    }

    List<FleetChanges.Work> work() {
        return new FleetChanges(new FleetName("shop"), project, root).of(List.of());
    }

    /** Cleans up as {@code clean} does. */
    List<String> clean(boolean givenUp) {
        return work().stream()
                .flatMap(one -> FleetChanges.clean(one, givenUp).stream())
                .toList();
    }
}
