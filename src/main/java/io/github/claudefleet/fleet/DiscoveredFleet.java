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
 * A fleet that was met on the engine.
 *
 * @param id which one it is
 * @param liveness whether the process is alive that it is to end with, or, of a detached one, that made it
 */
record DiscoveredFleet(FleetId id, Liveness liveness) {

    /** The fleet that something with these labels is of; empty where it is no fleet's, or of a version without such labels. */
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

    /** The same, of which is known by other means that its build is over. */
    DiscoveredFleet dead() {
        return new DiscoveredFleet(id, Liveness.DEAD);
    }

    /** Whether it was to end with a build that has ended. */
    boolean isLeftBehind() {
        return id.lifetime() == Lifetime.BUILD && liveness == Liveness.DEAD;
    }

    /** Which of several it is, for people. */
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
