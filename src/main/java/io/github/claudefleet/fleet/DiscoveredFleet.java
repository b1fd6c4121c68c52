package io.github.claudefleet.fleet;

import io.github.claudefleet.host.Liveness;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.spec.BuildIdentity;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fleet found on the engine.
 *
 * @param id identity of the fleet, from its labels
 * @param liveness liveness of the owner process: the build that the fleet ends with, or the creator of a detached fleet
 */
record DiscoveredFleet(FleetId id, Liveness liveness) {

    /**
     * Returns the fleet that owns a resource with these labels. Empty if no fleet owns it, or if a version without such
     * labels created it.
     */
    static Optional<DiscoveredFleet> of(Map<String, String> labels, Function<ProcessIdentity, Liveness> presences) {
        boolean whole = labels.keySet()
                .containsAll(List.of(
                        Labels.FLEET, Labels.PROJECT, Labels.LIFETIME, Labels.BUILD, Labels.OWNER, Labels.DIRECTORY));
        return whole ? Optional.of(read(labels, presences)) : Optional.empty();
    }

    private static DiscoveredFleet read(Map<String, String> labels, Function<ProcessIdentity, Liveness> presences) {
        String owner = labels.get(Labels.OWNER);
        FleetId id = new FleetId(
                FleetName.near(labels.get(Labels.FLEET)),
                new Project(labels.get(Labels.PROJECT), labels.get(Labels.DIRECTORY)),
                Lifetime.of(labels.get(Labels.LIFETIME)),
                new BuildIdentity(
                        labels.get(Labels.BUILD), owner, Optional.ofNullable(labels.get(Labels.OWNER_CONTAINER))));
        return new DiscoveredFleet(
                id, ProcessIdentity.parse(owner).map(presences).orElse(Liveness.UNKNOWN));
    }

    /** Returns this fleet as dead; the end of its build is known by other means. */
    DiscoveredFleet dead() {
        return new DiscoveredFleet(id, Liveness.DEAD);
    }

    /** Returns true if the fleet should have ended with a build that is over. */
    boolean isLeftBehind() {
        return id.lifetime() == Lifetime.BUILD && liveness == Liveness.DEAD;
    }

    /** Returns a description for people that tells fleets of one name apart. */
    String text() {
        String whose = id.lifetime() == Lifetime.DETACHED ? "detached" : "of the build " + process();
        return id.name() + " (" + id.project().directory() + ", " + whose + ")";
    }

    private String process() {
        String pid = ProcessIdentity.parse(id.buildIdentity().owner())
                .map(owner -> "with process id " + owner.pid())
                .orElse(id.buildIdentity().build());
        return switch (liveness) {
            case ALIVE -> pid + ", which is under way";
            case DEAD -> pid + ", which is over";
            case UNKNOWN -> pid + ", on another machine or in a container that is up, or another user's";
        };
    }
}
