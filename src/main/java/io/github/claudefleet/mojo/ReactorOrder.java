package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.InvalidSpecException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/** Refuses what Maven's order of modules makes impossible, before a fleet is made and paid for. */
record ReactorOrder(Reactor reactor, MavenSession session, MojoExecution execution) {

    private static final String START = "start";

    /**
     * @param starting the module that is about to start the fleet
     * @throws InvalidSpecException if a module would not find the fleet that it uses
     */
    void check(MavenProject fleetProject, MavenProject starting) {
        refuseEarlierGuests(fleetProject, starting);
        refuseOneFleetInTurns(fleetProject, starting);
    }

    private void refuseEarlierGuests(MavenProject fleetProject, MavenProject starting) {
        for (MavenProject guest : reactor.guestsOf(fleetProject, FleetUse::namesProperties)) {
            if (isBefore(guest, starting) || isBeside(guest, starting)) {
                throw new InvalidSpecException(
                        "agents",
                        "of " + fleetProject.getArtifactId() + " are used by module " + guest.getArtifactId()
                                + " (${claude-fleet.AGENT.…}), which Maven builds "
                                + (isBefore(guest, starting) ? "before " : "beside ") + starting.getArtifactId()
                                + ", where they start",
                        "Declare the plugin in a pom that is parent of both, without <inherited>false</inherited>, or make "
                                + guest.getArtifactId() + " depend on " + starting.getArtifactId() + ".");
            }
        }
    }

    private boolean isBefore(MavenProject guest, MavenProject starting) {
        return reactor.projects().indexOf(guest) < reactor.projects().indexOf(starting);
    }

    /** With {@code -T}, what doesn't depend on each other is built at once. */
    private boolean isBeside(MavenProject guest, MavenProject starting) {
        return session.getRequest().getDegreeOfConcurrency() > 1
                && guest != starting
                && !session.getProjectDependencyGraph()
                        .getUpstreamProjects(guest, true)
                        .contains(starting);
    }

    /** The tests of a second module would find the agents of the last execution, whichever they ask for. */
    private void refuseOneFleetInTurns(MavenProject fleetProject, MavenProject starting) {
        List<PluginExecution> starts = new PluginExecutions(starting, reactor.plugin()).with(START);
        List<String> turns = starts.stream()
                .filter(one -> name(one).equals(name(current(starts))))
                .map(PluginExecution::getId)
                .toList();
        List<String> users = reactor.modulesOf(fleetProject).stream()
                .filter(module -> new FleetUse(module, reactor.plugin()).isInTests())
                .map(MavenProject::getArtifactId)
                .toList();
        if (turns.size() > 1 && users.size() > 1) {
            throw new InvalidSpecException(
                    "name",
                    "is one and the same in executions " + list(turns) + " of " + fleetProject.getArtifactId()
                            + ", so that the second replaces the agents of the first, which the tests of modules "
                            + list(users) + " are to find",
                    "Give each execution a <name> of its own.");
        }
    }

    private PluginExecution current(List<PluginExecution> starts) {
        return starts.stream()
                .filter(one -> one.getId().equals(execution.getExecutionId()))
                .findFirst()
                .orElseGet(PluginExecution::new);
    }

    private static String name(PluginExecution one) {
        return PluginExecutions.configured(one, "name").orElse("");
    }

    private static String list(List<String> names) {
        return names.stream().collect(Collectors.joining(", "));
    }
}
