package io.github.claudefleet.mojo;

import io.github.claudefleet.auth.AuthFailedException;
import io.github.claudefleet.auth.SignInPendingException;
import io.github.claudefleet.auth.SignInRefusedException;
import io.github.claudefleet.auth.Surroundings;
import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetWish;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.host.Owner;
import io.github.claudefleet.host.ThisContainer;
import io.github.claudefleet.report.ConsoleFleetLog;
import io.github.claudefleet.report.FleetLog;
import io.github.claudefleet.report.LastThing;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.NotTakenException;
import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What all goals have: the fleet's name, the engine, and the way from what went wrong to what Maven says of it. */
abstract class AbstractFleetMojo extends AbstractMojo {

    /**
     * The fleet's name, by which its containers are found again. By default the project's artifactId, or the current
     * directory's name where there is no project.
     */
    @Parameter(property = "claude-fleet.name")
    private String name;

    /** Does nothing at all. */
    @Parameter(property = "claude-fleet.skip", defaultValue = "false")
    private boolean skip;

    /**
     * The Docker host, such as {@code unix:///var/run/docker.sock} or {@code tcp://127.0.0.1:2375}. By default
     * {@code DOCKER_HOST}, then the current docker context, then the usual sockets.
     */
    @Parameter(property = "claude-fleet.engine")
    private String engine;

    /**
     * How long the engine may take for one call before the goal gives up, and says which call it was. A container's start gets
     * twice that; pulls, builds and commands in containers have limits of their own.
     */
    @Parameter(property = "claude-fleet.engineTimeout", defaultValue = "60s")
    private String engineTimeout;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    /** One for all that a goal tells, which shares the screen. */
    private FleetLog fleetLog;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped (claude-fleet.skip)");
            return;
        }
        if (new Reactor(session.getProjects(), execution.getPlugin().getKey()).isOfAnother(project)) {
            getLog().info("No fleet is this module's own");
            return;
        }
        try {
            run();
        } catch (AuthFailedException
                | SignInPendingException
                | SignInRefusedException
                | AgentNotReadyException
                | NotTakenException e) {
            throw new MojoFailureException(e.getMessage(), shown(e));
        } catch (InvalidSpecException e) {
            throw new MojoExecutionException(e.getMessage() + ". " + e.suggestion(), shown(e));
        } catch (EngineException e) {
            throw new MojoExecutionException(withSuggestionOf(e, e.getMessage()), shown(e));
        } catch (ConvergeException e) {
            throw new MojoExecutionException(withSuggestionOf(e.getCause(), e.getMessage()), shown(e));
        } catch (GitException e) {
            throw new MojoExecutionException(e.getMessage(), shown(e));
        } catch (UncheckedIOException e) {
            throw new MojoExecutionException(FileProblem.messageOf(e), shown(e));
        } catch (InvalidPathException e) {
            throw new MojoExecutionException(FileProblem.messageOf(e), shown(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Interrupted", e);
        }
    }

    /** Maven prints the messages of all causes behind the first, where only who asked for traces (-e) can use them. */
    private Exception shown(Exception cause) {
        return session.getRequest().isShowErrors() ? cause : null;
    }

    /** Reads the configuration, opens the fleet and asks it for what the goal is for. */
    abstract void run() throws InterruptedException, MojoExecutionException, MojoFailureException;

    /** Something to ask of a fleet while the engine is open. */
    @FunctionalInterface
    interface FleetTask {
        void ask(Fleet fleet) throws InterruptedException, MojoExecutionException;
    }

    final void withFleet(FleetTask task) throws InterruptedException, MojoExecutionException {
        withFleet(Optional.ofNullable(engine), task);
    }

    private void withFleet(Optional<String> address, FleetTask task)
            throws InterruptedException, MojoExecutionException {
        Duration limit = Durations.parse("engineTimeout", engineTimeout);
        try (ContainerEngine connected =
                DockerEngines.connect(address, System.getenv(), home(), limit, warning -> getLog().warn(warning))) {
            Surroundings surroundings = new Surroundings(
                    new ConsoleTerminal(session.getRequest().isInteractiveMode(), browser()),
                    fleetLog(),
                    InstantSource.system(),
                    duration -> Thread.sleep(duration.toMillis()));
            task.ask(new Fleet(connected, surroundings, home()));
        }
    }

    /** The same for what is brought to its own end where Maven is told to end in the midst of it. */
    final void withFleetToChange(FleetTask task) throws InterruptedException, MojoExecutionException {
        withFleetUntilCalledOff(LastThing.TAKE_BACK, task);
    }

    /** The same for a goal that has something else to do then. */
    final void withFleetUntilCalledOff(LastThing thing, FleetTask task)
            throws InterruptedException, MojoExecutionException {
        withFleet(fleet -> {
            CallOff callOff = CallOff.guard(fleetLog(), thing);
            try {
                task.ask(fleet);
            } finally {
                callOff.end();
            }
        });
    }

    /** Something to ask of a fleet as this build is to have it. */
    @FunctionalInterface
    interface MakingTask {
        void ask(Fleet fleet, FleetSpec claimed) throws InterruptedException, MojoExecutionException;
    }

    /**
     * The same for what makes something, which ends with this build where it is this build's.
     *
     * @param results where to write what agents did whose end comes that way
     */
    final void withFleetToMake(FleetSpec spec, Path results, MakingTask task)
            throws InterruptedException, MojoExecutionException {
        withFleetToChange(fleet -> {
            FleetSpec claimed = fleet.claim(spec, ThisContainer.id());
            if (claimed.id().lifetime() == Lifetime.BUILD) {
                expectEnd(fleet, claimed, results);
            }
            task.ask(fleet, claimed);
            if (claimed.id().lifetime() == Lifetime.BUILD) {
                buildEnd(claimed.id()).confirm();
            }
        });
    }

    private void expectEnd(Fleet fleet, FleetSpec spec, Path results) {
        FleetId id = spec.id();
        String address = fleet.engineAddress();
        buildEnd(id).expect(id, address, results.resolve("watchdog.log"), new BuildEnd.Ending() {
            @Override
            public Duration atMost() {
                return Fleet.longestStop(spec.pace());
            }

            @Override
            public void run() throws Exception {
                withFleet(Optional.of(address), again -> again.end(id, spec.pace(), results));
            }
        });
    }

    /** A fleet has ended before its build did. */
    final void hasEnded(FleetId fleet) {
        BuildEnd.existing(session).ifPresent(end -> end.forget(fleet));
    }

    private BuildEnd buildEnd(FleetId id) {
        return BuildEnd.of(session, fleetLog(), id.maker().build());
    }

    final FleetLog fleetLog() {
        if (fleetLog == null) {
            fleetLog = new ConsoleFleetLog(Screen.sink(getLog(), session.getRequest(), System.getenv()));
        }
        return fleetLog;
    }

    /** @throws InvalidSpecException if the name given isn't one */
    final FleetName fleetName() {
        return name != null ? new FleetName(name) : declaredFleets().nameOf(String.valueOf(execution.getExecutionId()));
    }

    /** The fleets that the pom's executions start. */
    final DeclaredFleets declaredFleets() {
        FleetName ofProject = FleetName.near(
                hasPom()
                        ? project.getArtifactId()
                        : String.valueOf(baseDirectory().getFileName()));
        return new DeclaredFleets(
                project, execution.getPlugin().getKey(), properties().get("name"), ofProject);
    }

    /** The fleets that the goal is about: one, or all that the pom starts, where nothing says which. */
    final List<FleetName> fleetNames() {
        DeclaredFleets declared = declaredFleets();
        return name == null && declared.isOfAll(String.valueOf(execution.getExecutionId()))
                ? declared.names()
                : List.of(fleetName());
    }

    /** Which fleet a goal makes, or looks for, whose fleets have this lifetime. */
    final FleetId fleetId(Lifetime lifetime) {
        return fleetId(fleetName(), lifetime);
    }

    final FleetId fleetId(FleetName fleet, Lifetime lifetime) {
        Instant began = session.getRequest().getStartTime().toInstant();
        return new FleetId(fleet, Owner.project(baseDirectory()), lifetime, Owner.maker(began));
    }

    /** The fleet that a goal is about which makes none. */
    final FleetWish fleetWish() {
        return new FleetWish(fleetId(Lifetime.DETACHED), !hasPom(), false);
    }

    final Path baseDirectory() {
        return hasPom()
                ? project.getBasedir().toPath()
                : Path.of(session.getExecutionRootDirectory()).toAbsolutePath().normalize();
    }

    /** The directory of the fleet's results. */
    final Path results(File given) {
        return results(given, fleetName());
    }

    /** The directory of a fleet's results; Maven knows no target where there is no pom. */
    final Path results(File given, FleetName fleet) {
        Path directory = hasPom() ? PathText.of(given) : baseDirectory().resolve("target/claude-fleet");
        return declaredFleets().directory(directory, fleet);
    }

    /**
     * The same for a goal that writes results in this build.
     *
     * @throws InvalidSpecException if another fleet does so there, or the pom has its fleets remove each other
     */
    final Path ownResults(File given) {
        declaredFleets().check();
        Path directory = results(given);
        ResultsClaims.claim(session, directory, fleetId(Lifetime.BUILD));
        return directory;
    }

    final boolean isSkipped() {
        return skip;
    }

    final HomeDirectory home() {
        return HostUser.home();
    }

    final MavenSession session() {
        return session;
    }

    final MojoExecution execution() {
        return execution;
    }

    final MavenProject project() {
        return project;
    }

    /** The properties of this execution: the command line's, the project's, the system's, as Maven itself ranks them. */
    final MavenProperties properties() {
        return new MavenProperties(session, execution);
    }

    private static Optional<Browser> browser() {
        return Browser.find(System.getProperty("os.name"), System.getenv());
    }

    final boolean hasPom() {
        return project.getFile() != null;
    }

    /** What ends in lines of somebody else's, such as a builder's, gets the suggestion on a line of its own. */
    private static String withSuggestionOf(Throwable reason, String message) {
        String joint = message.contains("\n") ? "\n" : ". ";
        return reason instanceof EngineException e
                ? message + e.suggestion().map(text -> joint + text).orElse("")
                : message;
    }
}
