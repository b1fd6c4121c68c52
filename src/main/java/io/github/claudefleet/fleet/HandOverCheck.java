package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.Dependency;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.Reference;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Refuses work that is to be handed over from workspaces that have nothing to hand over, before anything is paid for. */
record HandOverCheck(FleetSpec spec) {

    private static final Set<MergePolicy> WITH_BRANCH =
            EnumSet.of(MergePolicy.BRANCH, MergePolicy.MERGE, MergePolicy.PUSH);

    /** @throws InvalidSpecException if an agent's branch or patch is wanted, and it will have none */
    void check() {
        spec.work().queues().forEach(this::check);
    }

    private void check(TaskQueue queue) {
        queue.tasks().stream()
                .filter(task -> task.prompt().refers())
                .flatMap(task -> Reference.in(task.prompt().text()).stream())
                .forEach(reference -> check(queue, reference));
        boolean starts = agents(queue.agents()).stream()
                .anyMatch(agent -> agent.workspace().origin().agentStart().isPresent());
        if (starts) {
            others(queue, queue.dependsOn()).stream()
                    .filter(other -> other.workspace().strategy() != WorkspaceStrategy.READONLY
                            && other.workspace().strategy() != WorkspaceStrategy.NONE)
                    .forEach(other -> checkBranch(other, "workspace.start of agent " + queue.name() + " is agents"));
        }
    }

    private void check(TaskQueue queue, Reference reference) {
        List<AgentSpec> others = others(
                queue,
                queue.dependsOn().stream()
                        .filter(dependency -> dependency.agent().equals(reference.agent()))
                        .toList());
        String wish = "the prompt of agent " + queue.name() + " has " + reference;
        if (reference.kind() == Reference.Kind.BRANCH) {
            others.forEach(other -> checkBranch(other, wish));
        } else if (reference.kind() == Reference.Kind.PATCH) {
            others.forEach(other -> checkOwn(other, wish));
        }
    }

    private static void checkBranch(AgentSpec other, String wish) {
        checkOwn(other, wish);
        WorkspaceOrigin origin = other.workspace().origin();
        boolean git = origin.strategy() == WorkspaceStrategy.WORKTREE || origin.strategy() == WorkspaceStrategy.CLONE;
        if (!git || !WITH_BRANCH.contains(origin.home().merge())) {
            throw new InvalidSpecException(
                    "workspace.merge",
                    "of agent " + other.name() + " is " + origin.home().merge().value() + " with strategy "
                            + origin.strategy().value() + ", so that its changes are on no branch, but " + wish,
                    "Give it strategy worktree or clone and merge branch.");
        }
    }

    private static void checkOwn(AgentSpec other, String wish) {
        if (!other.workspace().strategy().isOwn()) {
            throw new InvalidSpecException(
                    "workspace.strategy",
                    "of agent " + other.name() + " is "
                            + other.workspace().strategy().value()
                            + ", so that its changes can't be told from others', but " + wish,
                    "Give it a workspace of its own: strategy worktree, clone or copy.");
        }
    }

    private List<AgentSpec> others(TaskQueue queue, List<Dependency> dependencies) {
        List<AgentName> names = dependencies.stream()
                .map(Dependency::queue)
                .distinct()
                .flatMap(name -> spec.work().queues().stream()
                        .filter(other -> other.name().equals(name)))
                .flatMap(other -> other.agents().stream())
                .filter(name -> !queue.agents().contains(name))
                .toList();
        return agents(names);
    }

    private List<AgentSpec> agents(List<AgentName> names) {
        return spec.agents().stream()
                .filter(agent -> names.contains(agent.name()))
                .toList();
    }
}
