package io.github.claudefleet.results;

import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.work.FleetReport;
import io.github.claudefleet.work.Outcome;
import io.github.claudefleet.work.TaskReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a build may go on after what its fleet did.
 *
 * @param failed the tasks that count against it
 * @param complaints what is wrong, each a sentence; empty where the build may go on
 */
public record FleetVerdict(List<TaskReport> failed, List<String> complaints) {

    private static final int MOST_NAMED = 20;

    public FleetVerdict {
        failed = List.copyOf(failed);
        complaints = List.copyOf(complaints);
    }

    /**
     * The verdict.
     *
     * @param changes what agents with workspaces of their own changed
     * @param maxFailed how many tasks may fail
     * @param maxCost what all may have cost, or empty for no limit
     */
    public static FleetVerdict of(
            FleetReport report, List<AgentChanges> changes, FailOn failOn, int maxFailed, Optional<Usd> maxCost) {
        List<TaskReport> failed = report.tasks().stream()
                .filter(task -> failOn.outcomes().contains(task.outcome()))
                .toList();
        List<String> complaints = new ArrayList<>();
        if (report.ended().isEmpty()) {
            complaints.add("not every task was awaited: run claude-fleet:await until it ends");
        }
        if (failed.size() > maxFailed) {
            complaints.add(failed.size() + " of " + report.tasks().size() + " tasks failed"
                    + (maxFailed > 0 ? ", " + maxFailed + " may (maxFailed)" : ""));
        }
        maxCost.filter(most -> report.cost().compareTo(most) > 0)
                .ifPresent(
                        most -> complaints.add("the tasks cost " + report.cost() + ", and " + most + " is the limit"));
        changes.stream()
                .filter(change -> !change.isHome())
                .forEach(change ->
                        complaints.add("what agent " + change.agent() + " changed was not merged: " + change.reason()));
        return new FleetVerdict(failed, complaints);
    }

    public boolean isGood() {
        return complaints.isEmpty();
    }

    /** What is wrong, which tasks it is about, and which files to open. */
    public String message(Path directory) {
        List<String> lines = new ArrayList<>();
        lines.add("Fleet: " + String.join("; ", complaints) + ".");
        failed.stream().limit(MOST_NAMED).map(task -> line(task, directory)).forEach(lines::add);
        if (failed.size() > MOST_NAMED) {
            lines.add("  and " + (failed.size() - MOST_NAMED) + " more");
        }
        lines.add(
                "See " + directory.resolve("report.html") + " (for scripts: " + directory.resolve("fleet.json") + ").");
        return String.join("\n", lines);
    }

    private static String line(TaskReport task, Path directory) {
        String reason = task.reason().isEmpty() ? "" : ": " + task.reason();
        String where = task.outcome() == Outcome.NOT_STARTED
                ? ""
                : " (" + directory.resolve(task.task().toString()) + ")";
        return "  " + task.task() + ": " + task.outcome().word() + reason + where;
    }
}
