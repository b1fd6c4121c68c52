package io.github.claudefleet.console;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.supervise.AgentActivity;
import io.github.claudefleet.supervise.SupervisionListener;
import io.github.claudefleet.task.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Formats the work of agents. */
final class ConsoleSupervisionListener implements SupervisionListener {

    private final LogSink sink;

    ConsoleSupervisionListener(LogSink sink) {
        this.sink = sink;
    }

    @Override
    public void awaiting(FleetName fleet, int tasks, int agents) {
        sink.info("Fleet " + fleet + ": following " + Phrases.count(tasks, "task") + " of "
                + Phrases.count(agents, "agent"));
    }

    @Override
    public void costOfToday(Usd cost, Usd most) {
        sink.info("The project's fleets have cost " + cost + " of " + most + " (maxCostPerDay) today");
    }

    @Override
    public void taskBegan(TaskId task, AgentName agent, int attempt) {
        sink.info(Phrases.agentWithTask(task, agent) + " began"
                + (attempt > 1 ? " again (attempt " + attempt + ")" : ""));
    }

    @Override
    public boolean showsInPlace() {
        return sink.showsInPlace();
    }

    @Override
    public void activity(List<AgentActivity> agents, int ended, int all, Usd cost) {
        List<String> lines = new ArrayList<>();
        agents.forEach(agent -> lines.add(line(agent)));
        lines.add(ended + " of " + Phrases.count(all, "task") + " finished, " + agents.size() + " running, " + cost
                + " so far");
        sink.now(lines);
    }

    private static String line(AgentActivity agent) {
        return Phrases.agentWithTask(agent.task(), agent.agent()) + ": "
                + (agent.step().isEmpty() ? "thinking" : agent.step()) + " (" + Phrases.count(agent.steps(), "step")
                + ", " + Durations.toText(agent.since()) + ")";
    }

    @Override
    public void activityEnded() {
        sink.now(List.of());
    }

    @Override
    public void taskStopping(TaskId task, AgentName agent, String reason) {
        sink.warn(Phrases.agentWithTask(task, agent) + " is stopped: " + reason);
    }

    @Override
    public void taskRetried(TaskId task, Outcome outcome, String reason) {
        sink.warn("Task " + task + " will be retried: " + outcome.value() + Phrases.reason(reason));
    }

    @Override
    public void roundBegins(TaskId task, int round, int of, String reason) {
        sink.warn("Task " + task + " goes back to its agent, round " + round + " of " + of + Phrases.reason(reason));
    }

    @Override
    public void taskEnded(TaskId task, Outcome outcome, String reason, Usd cost, Duration took) {
        String figures = took.isZero() ? "" : " (" + Durations.toText(took) + ", " + cost + ")";
        String line = "Task " + task + ": " + outcome.value() + Phrases.reason(reason) + figures;
        if (outcome == Outcome.DONE || outcome.isNeutral()) {
            sink.info(line);
        } else {
            sink.warn(line);
        }
    }

    @Override
    public void engineAway(Duration atMost) {
        sink.warn("The engine does not answer; waiting for up to " + Durations.toText(atMost));
    }

    @Override
    public void engineBack(Duration away) {
        sink.warn("The engine was away for " + Durations.toText(away) + "; following the agents again");
    }

    @Override
    public void gatewayGone() {
        sink.warn("The fleet's gateway does not run, and without it agents reach nobody: their tasks fail. "
                + "mvn claude-fleet:start makes it anew");
    }

    @Override
    public void launchesHeld(String when) {
        sink.warn("The account's quota is used up: no task starts until " + when);
    }

    @Override
    public void allTasksEnded(int done, int all, Usd cost, Duration took) {
        sink.info(done + " of " + Phrases.count(all, "task") + " done, " + cost + ", " + Durations.toText(took));
    }
}
