package io.github.claudefleet.mojo;

import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Rehearsal;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * Fleets of a project as an execution sees them: their names, ids and results directories.
 *
 * @param name name that the execution configures
 * @param rehearsal true for the rehearsals of the fleets
 */
record ProjectFleets(
        MavenSession session, MavenProject project, MojoExecution execution, Optional<String> name, boolean rehearsal) {

    /** Returns the fleet's name on the engine, which is another one for a rehearsal. */
    FleetName nameOnEngine() {
        return id(Lifetime.DETACHED).name();
    }

    /** @throws InvalidSpecException if the configured name is not valid */
    FleetName fleetName() {
        return name.map(FleetName::new).orElseGet(() -> declared().nameOf(executionId()));
    }

    /** Returns the fleets that the goal operates on: one, or all that the pom starts if no name selects one. */
    List<FleetName> fleetNames() {
        DeclaredFleets declared = declared();
        return name.isEmpty() && declared.isOfAll(executionId()) ? declared.names() : List.of(fleetName());
    }

    /** Returns the id of the fleet that is configured, under its name in the pom for a rehearsal too. */
    FleetId configuredId(Lifetime lifetime) {
        return idOf(fleetName(), lifetime);
    }

    /** Returns the id of the fleet with this lifetime that a goal creates or looks for. */
    FleetId id(Lifetime lifetime) {
        return id(fleetName(), lifetime);
    }

    FleetId id(FleetName fleet, Lifetime lifetime) {
        return idOf(rehearsal ? Rehearsal.nameOf(fleet) : fleet, lifetime);
    }

    private FleetId idOf(FleetName fleet, Lifetime lifetime) {
        Instant began = session.getRequest().getStartTime().toInstant();
        return new FleetId(
                fleet, ProcessIdentity.project(baseDirectory()), lifetime, ProcessIdentity.buildIdentity(began));
    }

    /** Selects the existing fleet that a goal operates on. */
    FleetSelector selector() {
        return selector(fleetName(), false);
    }

    /** @param allProjects true for the fleets of all projects that have the name */
    FleetSelector selector(FleetName fleet, boolean allProjects) {
        return new FleetSelector(id(fleet, Lifetime.DETACHED), !hasPom(), allProjects);
    }

    /** Returns true if an execution awaits a fleet in the project's lifecycle. */
    boolean awaits(FleetName fleet) {
        return declared().awaits(fleet);
    }

    /** Returns the directory of the fleet's results. */
    Path results(File given) {
        return results(given, fleetName());
    }

    /** Returns the directory of a fleet's results. Without a pom, Maven has no {@code target} directory. */
    Path results(File given, FleetName fleet) {
        Path directory = hasPom() ? PathText.of(given) : baseDirectory().resolve("target/claude-fleet");
        return declared().directory(directory, fleet);
    }

    /**
     * Returns the directory of the fleet's results for a goal that writes results in this build.
     *
     * @throws InvalidSpecException if another fleet of this build writes to the directory, or if the pom's fleets would
     *     remove each other
     */
    Path ownResults(File given) {
        declared().check();
        Path directory = results(given);
        ResultsClaims.claim(session, directory, id(Lifetime.BUILD));
        return directory;
    }

    Path baseDirectory() {
        return hasPom()
                ? project.getBasedir().toPath()
                : Path.of(session.getExecutionRootDirectory()).toAbsolutePath().normalize();
    }

    /** Returns the fleets that the pom's executions start. */
    private DeclaredFleets declared() {
        FleetName ofProject = FleetName.near(
                hasPom()
                        ? project.getArtifactId()
                        : String.valueOf(baseDirectory().getFileName()));
        Optional<String> property = new MavenProperties(session, execution).get("name");
        return new DeclaredFleets(project, execution.getPlugin().getKey(), property, ofProject);
    }

    private String executionId() {
        return String.valueOf(execution.getExecutionId());
    }

    private boolean hasPom() {
        return project.getFile() != null;
    }
}
