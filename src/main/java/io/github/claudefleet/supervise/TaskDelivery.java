package io.github.claudefleet.supervise;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.AgentStart;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskAction;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Delivery of a task to an agent: its workspace if that starts from others' work, its prompt, and the order to begin. */
final class TaskDelivery {

    private static final int MOST_NAMES = 10;

    private final FleetSpec spec;
    private final AgentWork work;
    private final TaskChannel channel;
    private final PromptUpload prompts;

    TaskDelivery(ContainerEngine engine, FleetSpec spec, AgentWork work, TaskChannel channel) {
        this.spec = spec;
        this.work = work;
        this.channel = channel;
        this.prompts = new PromptUpload(engine, channel, work, spec);
    }

    /** Delivers a task; returns the refusal if the agent does not get it, or if that is unknown. */
    Optional<AgentMessage> deliver(String containerId, TaskAction.Launch launch) {
        List<String> lines =
                new ArrayList<>(launch.budget().map(ClaudeOptions::budget).orElse(List.of()));
        try {
            List<String> conflicts = startFromOthers(launch);
            if (!conflicts.isEmpty() && !leavesConflicts(launch)) {
                return refused(launch, Outcome.MERGE_CONFLICT, "what it starts from conflicts in " + names(conflicts));
            }
            lines.addAll(prompts.send(containerId, launch, conflicts));
        } catch (EngineException | IllegalStateException | UncheckedIOException e) {
            return refused(launch, Outcome.START_FAILED, "it can't be handed over: " + e.getMessage());
        }
        try {
            return channel.send(containerId, launch.task(), launch.attempt(), lines)
                    .flatMap(reason -> refused(launch, Outcome.START_FAILED, reason));
        } catch (EngineException e) {
            return refused(launch, Outcome.UNKNOWN, e.getMessage());
        }
    }

    private static Optional<AgentMessage> refused(TaskAction.Launch launch, Outcome outcome, String reason) {
        return Optional.of(new AgentMessage.NotSent(launch.task(), launch.agent(), outcome, reason));
    }

    /** Starts the agent's workspace from the agents that the task depends on; returns files with conflicts. */
    private List<String> startFromOthers(TaskAction.Launch launch) {
        return start(launch).isPresent() && launch.followUp().isEmpty()
                ? work.start(
                        launch.agent(),
                        launch.startsFrom().stream()
                                .filter(agent -> !isReader(agent))
                                .toList())
                : List.of();
    }

    private boolean leavesConflicts(TaskAction.Launch launch) {
        return start(launch).equals(Optional.of(AgentStart.LEAVE_CONFLICTS));
    }

    private Optional<AgentStart> start(TaskAction.Launch launch) {
        return workspace(launch.agent()).flatMap(workspace -> workspace.origin().agentStart());
    }

    private Optional<Workspace> workspace(AgentName name) {
        return spec.agents().stream()
                .filter(agent -> agent.name().equals(name))
                .map(AgentSpec::workspace)
                .findFirst();
    }

    /** Checks whether an agent can't change files, so that nothing starts from its work. */
    private boolean isReader(AgentName name) {
        return workspace(name)
                .filter(workspace -> workspace.strategy() == WorkspaceStrategy.READONLY
                        || workspace.strategy() == WorkspaceStrategy.NONE)
                .isPresent();
    }

    private static String names(List<String> files) {
        String shown = String.join(", ", files.subList(0, Math.min(MOST_NAMES, files.size())));
        return shown + (files.size() > MOST_NAMES ? " and " + (files.size() - MOST_NAMES) + " more" : "");
    }
}
