package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.InvalidSpecException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Checks that Maven's order of modules lets each module find its fleet, before the fleet is created and causes cost.
 */
record ReactorOrder(Reactor reactor, MavenSession session) {

    /**
     * @param starting module that is about to start the fleet
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

    /**
     * Returns true if Maven may build both at the same time: with {@code -T}, modules that don't depend on each other.
     */
    private boolean isBeside(MavenProject guest, MavenProject starting) {
        return session.getRequest().getDegreeOfConcurrency() > 1
                && guest != starting
                && !session.getProjectDependencyGraph()
                        .getUpstreamProjects(guest, true)
                        .contains(starting);
    }
}
