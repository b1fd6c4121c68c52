package io.github.claudefleet.console;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FleetName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Formats the messages of the goals themselves. */
public final class GoalMessages {

    private final LogSink sink;

    GoalMessages(LogSink sink) {
        this.sink = sink;
    }

    /** Warns that Maven was interrupted and ends after the given steps. */
    public void cancelled(List<ShutdownStep> things, Duration atMost) {
        sink.warn("Cancelled: "
                + things.stream().distinct().map(ShutdownStep::words).collect(Collectors.joining("; "))
                + ". This takes up to " + Durations.toText(atMost) + "; press Ctrl-C again to stop at once.");
    }

    /** Warns that there is no watchdog to clean up if Maven is killed. */
    public void noWatchdog(String reason) {
        sink.warn("If Maven is killed, its fleet stays until the next start: " + reason);
    }

    /** Warns that a build's fleet could not be stopped at the end of the build. */
    public void notEndedWithBuild(String reason) {
        sink.warn("Could not stop the fleet at the end of this build: " + reason + ". List what is left with:"
                + " mvn claude-fleet:status");
    }

    /** Reports that no agent has its own workspace. */
    public void noWorkspaces(FleetName fleet) {
        sink.info("No agent of fleet " + fleet + " has a workspace of its own in this repository");
    }

    /** Reports that an agent's changes are merged into the checked-out branch. */
    public void merged(AgentName agent, boolean anything) {
        sink.info(anything ? "Merged the changes of agent " + agent : "Agent " + agent + " has no unmerged changes");
    }

    /** Reports that an agent's changes are not merged, because it is one of several attempts and not chosen. */
    public void notChosen(AgentName agent, String where) {
        sink.info("Not merged: agent " + agent + " is one of several attempts and is not known to be chosen;"
                + " its changes are in " + where);
    }

    /** Reports that an agent's workspace was removed, except for the listed parts. */
    public void workspaceRemoved(AgentName agent, List<String> kept) {
        if (kept.isEmpty()) {
            sink.info("Removed the workspace of agent " + agent + ", and its branch");
        } else {
            sink.warn("Kept unmerged work of agent " + agent + ": " + String.join(", ", kept)
                    + ". To discard it: -Dclaude-fleet.agent=" + agent + " -Dclaude-fleet.discard");
        }
    }

    /** Reports that a goal starts no agent, because none has a task in this run. */
    public void nothingToRun(FleetName fleet) {
        sink.info("Fleet " + fleet + " has no tasks in this run: nothing is started");
    }

    /** Reports that the verified results come from an earlier build, and when that build ended. */
    public void judgesEarlierBuild(FleetName fleet, String ended) {
        sink.info("Fleet " + fleet + ": these results are of an earlier build, which ended " + ended);
    }

    /** Reports a passed verification, and the number of tasks that failed within the allowed limit. */
    public void verified(FleetName fleet, int tasks, int failed) {
        String what = tasks == 0 ? ": it had no tasks" : "";
        sink.info("Fleet " + fleet + " verified"
                + (failed == 0 ? what : ": " + Phrases.count(failed, "task") + " failed, which is allowed"));
    }

    /** Warns that the verified results are those of a rehearsal, in which nobody did real work. */
    public void onlyRehearsed(FleetName fleet) {
        sink.warn("Fleet " + fleet
                + " is a rehearsal: its tasks were answered by a stand-in, and nothing of it is real work");
    }

    /** Warns that the results of an earlier run can't be compared with the last one. */
    public void notCompared(String fileAndReason) {
        sink.warn(Phrases.notCompared(fileAndReason));
    }

    /** Warns that the run can't be exported as a trace. */
    public void notTraced(String reason) {
        sink.warn("Could not export the trace of this run (OTEL_EXPORTER_OTLP_ENDPOINT): " + reason);
    }

    /** Warns that the summary can't be added to the CI job's page. */
    public void noCiSummary(String reason) {
        sink.warn("Could not add the summary to the CI job's page (GITHUB_STEP_SUMMARY): " + reason);
    }
}
