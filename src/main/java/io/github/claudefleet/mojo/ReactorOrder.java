package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.InvalidSpecException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** Refuses what Maven's order of modules makes impossible, before a fleet is made and paid for. */
record ReactorOrder(Reactor reactor, MavenSession session) {

    /**
     * @param starting the module that is about to start the fleet
     * @throws InvalidSpecException if a module would not find the fleet that it uses
     */
    void check(MavenProject fleetProject, MavenProject starting) {
        for (MavenProject guest : reactor.guestsOf(fleetProject, FleetUsage::namesProperties)) {
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
}
