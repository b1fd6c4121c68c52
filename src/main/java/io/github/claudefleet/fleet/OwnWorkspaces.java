package io.github.claudefleet.fleet;

import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.plan.Operation;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.report.FleetLog;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.workspace.Changes;
import io.github.claudefleet.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The workspaces that agents have for themselves, at the times when a fleet needs them. */
final class OwnWorkspaces {

    private final Workspaces workspaces = new Workspaces(OwnWorkspaces::give);
    private final FleetLog log;

    OwnWorkspaces(FleetLog log) {
        this.log = log;
    }

    /** A container that is made anew gets a new workspace; what the last one had is on its branch then. */
    void makeFor(Plan plan, FleetSpec spec) {
        List<String> created = plan.steps().stream()
                .map(Plan.Step::operation)
                .filter(Operation.CreateContainer.class::isInstance)
                .map(operation -> ((Operation.CreateContainer) operation)
                        .request()
                        .labels()
                        .getOrDefault(Labels.AGENT, ""))
                .toList();
        for (AgentSpec agent : spec.agents()) {
            if (Workspaces.isOwn(agent) && created.contains(agent.name().value())) {
                workspaces.make(spec, agent).ifPresent(retired -> tell(agent.name(), retired.changes()));
            }
        }
    }

    /** Brings home what each has done, and writes it beside the other results. */
    void bringHome(FleetSpec spec, Path results) {
        for (AgentSpec agent : spec.agents()) {
            workspaces.collect(spec.name(), agent, results).ifPresent(changes -> tell(agent.name(), changes));
        }
    }

    private void tell(AgentName agent, Changes changes) {
        if (!changes.isNothing()) {
            log.broughtHome(agent, changes.branch(), changes.commits(), changes.files());
        }
        changes.warnings().forEach(warning -> log.changesNeedALook(agent, warning));
    }

    /** Whoever is not root runs the containers as themselves. */
    private static void give(Path file, ContainerUser user) {
        if (HostUser.isRoot()) {
            try {
                HostFiles.giveAllTo(file, user);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " can't be given to user " + user + ": " + e.getMessage(), e);
            }
        }
    }
}
