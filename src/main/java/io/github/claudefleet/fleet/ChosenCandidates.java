package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.workspace.WorkspaceLayout;
import io.github.claudefleet.workspace.Workspaces;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Records in the workspaces of candidates which of them are chosen, so that only their changes come home. */
final class ChosenCandidates {

    private ChosenCandidates() {}

    /** Records the choice of a run. Of a group without one, no candidate is chosen. */
    static void record(FleetSpec spec, FleetReport report) {
        Set<AgentName> done = report.tasks().stream()
                .filter(task -> task.outcome() == Outcome.DONE)
                .flatMap(task -> task.agent().stream())
                .collect(Collectors.toSet());
        spec.work().groups().forEach(group -> {
            List<AgentName> chosen =
                    group.candidates().stream().filter(done::contains).toList();
            Workspaces.choose(places(spec, group.candidates()), Set.copyOf(places(spec, chosen)));
        });
    }

    private static List<WorkspaceLayout> places(FleetSpec spec, List<AgentName> agents) {
        return spec.agents().stream()
                .filter(agent -> agents.contains(agent.name()))
                .flatMap(agent -> agent.workspace().place().stream())
                .map(WorkspaceLayout::new)
                .toList();
    }
}
