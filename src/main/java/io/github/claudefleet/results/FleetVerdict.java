package io.github.claudefleet.results;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decision about a build after the work of its fleet.
 *
 * @param fleet name of the fleet
 * @param failed tasks that count against the build
 * @param complaints problems, one sentence each; empty if the build may continue
 */
public record FleetVerdict(FleetName fleet, List<TaskReport> failed, List<String> complaints) {

    private static final int MOST_NAMED = 20;

    public FleetVerdict {
        failed = List.copyOf(failed);
        complaints = List.copyOf(complaints);
    }

    /**
     * Evaluates the results.
     *
     * @param changes changes of agents with their own workspaces; empty if they were not written
     * @param maxFailed number of tasks that may fail
     * @param maxCost maximum cost of all tasks; empty for no limit
     */
    public static FleetVerdict of(
            FleetResults results,
            Optional<CollectedChanges> changes,
            FailOn failOn,
            int maxFailed,
            Optional<Usd> maxCost) {
        List<TaskReport> failed = results.ofAllRuns().tasks().stream()
                .filter(task -> failOn.outcomes().contains(task.outcome()))
                .toList();
        List<String> complaints =
                new ArrayList<>(incomplete(results, changes).stream().toList());
        if (failed.size() > maxFailed) {
            complaints.add(failed.size() + " of " + results.size() + " tasks failed"
                    + (maxFailed > 0 ? ", " + maxFailed + " may (maxFailed)" : ""));
        }
        maxCost.filter(most -> results.cost().compareTo(most) > 0)
                .ifPresent(
                        most -> complaints.add("the tasks cost " + results.cost() + ", and " + most + " is the limit"));
        changes.filter(found -> found.origin().isSameFleet(results.origin())).stream()
                .flatMap(found -> found.agents().stream())
                .filter(change -> !change.isIntegrated())
                .forEach(change -> complaints.add(notIntegrated(change)));
        return new FleetVerdict(results.origin().fleet(), failed, complaints);
    }

    /** Checks for missing results, because they are written in three steps and a goal can end between any two. */
    private static Optional<String> incomplete(FleetResults results, Optional<CollectedChanges> changes) {
        if (results.report().ended().isEmpty()) {
            return Optional.of("not every task was awaited: run claude-fleet:await until it ends");
        }
        boolean collected = results.collected().isPresent()
                && changes.filter(found -> found.origin().isSameFleet(results.origin()))
                        .isPresent();
        return collected
                ? Optional.empty()
                : Optional.of("not all that agents changed was collected (" + ResultFiles.CHANGES
                        + " is missing): run claude-fleet:await again, which says what is in the way");
    }

    private static String notIntegrated(AgentChanges change) {
        String reason = change.reason() == null ? "outcome " + change.outcome() : change.reason();
        boolean refused = AgentChanges.REFUSED.equals(change.outcome());
        return "what agent " + change.agent() + " changed was not "
                + (refused
                        ? "merged: " + reason
                        : "collected: " + reason + ". It is still in the workspace: once that is mended, "
                                + "claude-fleet:diff collects it; claude-fleet:clean with discard removes it");
    }

    public boolean isGood() {
        return complaints.isEmpty();
    }

    /** Returns the problems, the tasks concerned and the files to open. */
    public String message(Path directory) {
        List<String> lines = new ArrayList<>();
        lines.add(Rehearsal.mark(fleet) + "Fleet " + fleet + ": " + String.join("; ", complaints) + ".");
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
        return "  " + task.task() + ": " + task.outcome().value() + reason + where;
    }
}
