package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CandidateGroup;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.WorkspaceOrigin;
import java.util.List;

/** Rules for several attempts at one task, of which one is chosen. */
final class AttemptRules {

    private AttemptRules() {}

    /** Refuses {@code <select>} and {@code <judge>} without {@code <attempts>}, and attempts by replicas. */
    static void checkParameters(Integer attempts, Integer replicas, String select, String judge) {
        if (attempts == null && (select != null || judge != null)) {
            throw new InvalidSpecException(
                    select == null ? "agent.judge" : "agent.select",
                    "is set without agent.attempts",
                    "Set agent.attempts to the number of agents that do the task, or leave it out.");
        }
        if (attempts != null && replicas != null) {
            throw new InvalidSpecException(
                    "agent.attempts",
                    "is set beside agent.replicas",
                    "Keep one of them: attempts do one task several times, replicas do several tasks.");
        }
    }

    /** Refuses work of which there are no several attempts. */
    static void checkWork(CandidateGroup group, List<TaskQueue> work) {
        if (work.stream()
                        .anyMatch(queue -> queue.tasks().size() != 1
                                || queue.tasks().get(0).id().part().isPresent())
                || work.isEmpty()) {
            throw new InvalidSpecException(
                    "agent.attempts",
                    "needs one task, which agent.prompt or agent.promptFile gives",
                    "Use one of these in place of tasks and tasksFrom, or leave attempts out.");
        }
        if (group.selection().needsCheck()
                && work.stream().anyMatch(queue -> queue.check().isEmpty())) {
            throw new InvalidSpecException(
                    "agent.select",
                    "is " + group.selection().value() + ", but there is no agent.check that an attempt has to pass",
                    "Add a <check>, such as mvn -q verify, or use <select>judge</select>.");
        }
    }

    /** Refuses a workspace that several candidates would change. */
    static void checkWorkspace(WorkspaceOrigin origin) {
        if (!origin.strategy().isOwn()) {
            throw new InvalidSpecException(
                    "agent.attempts",
                    "need workspaces of their own, but strategy "
                            + origin.strategy().value() + " gives all of them the directory itself",
                    "Use workspace strategy worktree, clone or copy.");
        }
    }

    /** Refuses a judge that can't choose: without a prompt of its own, as one of several, or among merged files. */
    static void checkJudge(AgentName judge, List<TaskQueue> work, WorkspaceOrigin origin) {
        boolean asked = work.size() == 1
                && work.get(0).agents().equals(List.of(judge))
                && work.get(0).tasks().size() == 1
                && work.get(0).tasks().get(0).id().part().isEmpty();
        if (!asked) {
            throw new InvalidSpecException(
                    "agent.judge",
                    "\"" + judge + "\" has not one prompt",
                    "Give that agent a <prompt>, without replicas, attempts or tasks.");
        }
        if (origin.agentStart().isPresent()) {
            throw new InvalidSpecException(
                    "workspace.start",
                    "is agents, but the agent judges attempts, of which none is chosen yet",
                    "Leave it out, and use {{patch:AGENT}} in its prompt.");
        }
    }

    /**
     * Returns the options of a judge, with the form of its answer.
     *
     * @throws InvalidSpecException if it has another form, without a choice
     */
    static ClaudeOptions withChoice(ClaudeOptions options) {
        options.jsonSchema()
                .filter(schema -> !schema.contains("\"" + CandidateGroup.CHOICE + "\""))
                .ifPresent(schema -> {
                    throw new InvalidSpecException(
                            "agent.jsonSchema",
                            "has no \"" + CandidateGroup.CHOICE + "\", but the agent is a judge of attempts",
                            "Leave it out for the default, or add a property \"" + CandidateGroup.CHOICE
                                    + "\" of type string.");
                });
        return options.jsonSchema().isPresent() ? options : options.withJsonSchema(CandidateGroup.CHOICE_SCHEMA);
    }
}
