package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.AgentStart;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.supervise.AgentWork;
import io.github.claudefleet.task.ChangeSize;
import io.github.claudefleet.task.Inspection;
import io.github.claudefleet.workspace.CurrentChanges;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.StartFromAgents;
import io.github.claudefleet.workspace.WorkspaceLayout;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Work of a fleet's agents, read from their workspaces. */
record WorkspaceWork(FleetSpec spec, IndependentCheck checks) implements AgentWork {

    @Override
    public String branch(AgentName agent, AgentName reader) {
        return of(agent, changes -> {
            String branch = changes.branch();
            agent(reader)
                    .workspace()
                    .place()
                    .map(WorkspaceLayout::new)
                    .ifPresent(place -> changes.showBranchTo(
                            place, AgentWorkspaces::give, spec.containers().user()));
            return branch;
        });
    }

    @Override
    public byte[] patch(AgentName agent) {
        return of(agent, CurrentChanges::patch);
    }

    @Override
    public List<String> start(AgentName name, List<AgentName> others) {
        AgentSpec agent = agent(name);
        boolean leaves = agent.workspace().origin().agentStart().equals(Optional.of(AgentStart.LEAVE_CONFLICTS));
        try {
            return StartFromAgents.apply(
                    placeOf(agent),
                    others.stream().map(this::agent).map(WorkspaceWork::placeOf).toList(),
                    leaves,
                    AgentWorkspaces::give,
                    spec.containers().user());
        } catch (GitException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public ChangeSize size(AgentName name) {
        try {
            CurrentChanges.Size size = changesOf(agent(name)).size();
            return ChangeSize.of(size.lines(), size.files());
        } catch (GitException | IllegalStateException | UncheckedIOException e) {
            return ChangeSize.unknown(e.getMessage());
        }
    }

    @Override
    public Inspection inspect(AgentName name, TaskId task, CheckSpec check) throws InterruptedException {
        try {
            AgentSpec agent = agent(name);
            CurrentChanges changes = changesOf(agent);
            List<String> changed = protectedFiles(agent, check, changes);
            if (!changed.isEmpty() || check.isByAgent()) {
                return Inspection.of(changed);
            }
            try (CurrentChanges.Files files =
                    changes.checkOut(AgentWorkspaces::give, spec.containers().user())) {
                return checks.run(agent, check, files.directory());
            }
        } catch (GitException | IllegalStateException | UncheckedIOException | EngineException e) {
            return Inspection.failed(e.getMessage());
        }
    }

    /** Returns the changed files that a glob matches: from the agent's own directory, or from the repository's root. */
    private static List<String> protectedFiles(AgentSpec agent, CheckSpec check, CurrentChanges changes) {
        List<PathMatcher> globs = check.protect().stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
        if (globs.isEmpty()) {
            return List.of();
        }
        Path own = Path.of(Workspace.MOUNT).relativize(Path.of(agent.workspace().workingDirectory()));
        return changes.files().stream()
                .filter(file -> globs.stream().anyMatch(glob -> matches(glob, own, Path.of(file))))
                .toList();
    }

    private static boolean matches(PathMatcher glob, Path own, Path file) {
        return glob.matches(file) || file.startsWith(own) && glob.matches(own.relativize(file));
    }

    private <T> T of(AgentName agent, Function<CurrentChanges, T> part) {
        try {
            return part.apply(changesOf(agent(agent)));
        } catch (GitException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private AgentSpec agent(AgentName name) {
        return spec.agents().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the fleet has no agent " + name));
    }

    private static CurrentChanges changesOf(AgentSpec agent) {
        return CurrentChanges.in(placeOf(agent));
    }

    private static WorkspaceLayout placeOf(AgentSpec agent) {
        return agent.workspace()
                .place()
                .map(WorkspaceLayout::new)
                .orElseThrow(() -> new IllegalStateException("agent " + agent.name() + " has no workspace of its own"));
    }
}
