package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.AgentStart;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.supervise.AgentWork;
import io.github.claudefleet.task.ChangeSize;
import io.github.claudefleet.task.Inspection;
import io.github.claudefleet.transfer.WorkspaceTransfers;
import io.github.claudefleet.workspace.CurrentChanges;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.StartFromAgents;
import io.github.claudefleet.workspace.WorkspaceLayout;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Work of a fleet's agents, read from their workspaces. */
record WorkspaceWork(FleetSpec spec, IndependentCheck checks, WorkspaceTransfers transfers) implements AgentWork {

    @Override
    public String branch(AgentName agent, AgentName reader) {
        return of(agent, changes -> {
            String branch = changes.branch();
            agent(reader).workspace().place().map(WorkspaceLayout::new).ifPresent(place -> {
                changes.showBranchTo(
                        place, AgentWorkspaces::give, spec.containers().user());
                transfers.sendBranch(place, branch);
            });
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
            List<WorkspaceLayout> places =
                    others.stream().map(this::agent).map(WorkspaceWork::placeOf).toList();
            places.forEach(transfers::fetch);
            return transfers.move(
                    placeOf(agent),
                    () -> StartFromAgents.apply(
                            placeOf(agent),
                            places,
                            leaves,
                            AgentWorkspaces::give,
                            spec.containers().user()));
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
            List<String> changed = check.protect().isEmpty()
                    ? List.of()
                    : new ProtectedFiles(check.protect(), agent.workspace().workingDirectoryBelow())
                            .among(changes.files());
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

    private CurrentChanges changesOf(AgentSpec agent) {
        transfers.fetch(placeOf(agent));
        return CurrentChanges.in(placeOf(agent));
    }

    private static WorkspaceLayout placeOf(AgentSpec agent) {
        return agent.workspace()
                .place()
                .map(WorkspaceLayout::new)
                .orElseThrow(() -> new IllegalStateException("agent " + agent.name() + " has no workspace of its own"));
    }
}
