package io.github.claudefleet.mojo;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.host.ThisContainer;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.PathText;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MavenPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** Base of all goals: the fleet's name, the engine, and the translation of errors for Maven. */
abstract class AbstractFleetMojo extends AbstractMojo implements ModuleGoal.Configured {

    /**
     * Name of the fleet, by which later goals find its containers. The default is the project's artifactId, or the name
     * of the current directory if there is no project.
     */
    @Parameter(property = "claude-fleet.name")
    private String name;

    /** Skips the goal. */
    @Parameter(property = "claude-fleet.skip", defaultValue = "false")
    private boolean skip;

    /**
     * Skips a goal that a pom binds to a phase if the build skips tests ({@code -DskipTests}, {@code -DskipITs},
     * {@code -Dmaven.test.skip}). By default this applies if the fleet starts in a test phase.
     */
    @Parameter(property = "claude-fleet.skipWithTests")
    private Boolean skipWithTests;

    /**
     * Address of the Docker host, such as {@code unix:///var/run/docker.sock} or {@code tcp://127.0.0.1:2375}. The
     * default is {@code DOCKER_HOST}, then the current docker context, then the usual sockets.
     */
    @Parameter(property = "claude-fleet.engine")
    private String engine;

    /**
     * Maximum time for one call to the engine. After it, the goal fails with a message that names the call. The start
     * of a container gets twice that time. Pulls, builds and commands in containers have limits of their own.
     */
    @Parameter(property = "claude-fleet.engineTimeout", defaultValue = "60s")
    private String engineTimeout;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    /** Listeners to everything that this goal does, which share one screen. */
    private ConsoleListeners listeners;

    @Inject
    private LifecycleExecutor lifecycle;

    @Inject
    private MavenPluginManager plugins;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        boolean skipped = isToBeSkipped();
        Reactor reactor = reactor();
        Optional<MavenProject> fleetProject = reactor.fleetProject(project);
        if (fleetProject.isEmpty()) {
            getLog().info("Skipped: this module has no fleet");
            return;
        }
        ExpectedCalls calls = new ExpectedCalls(reactor, session, project, execution, lifecycle);
        errors().translate(() ->
                new ModuleGoal(session, execution, calls, fleetProject.get(), getLog(), this::in).execute(skipped));
    }

    private boolean isToBeSkipped() {
        if (skip) {
            getLog().info("Skipped (claude-fleet.skip)");
            return true;
        }
        Optional<String> tests = execution.getSource() == MojoExecution.Source.CLI
                ? Optional.empty()
                : new SkippedTests(project, execution.getPlugin().getKey(), properties()::text)
                        .by(execution.getLifecyclePhase(), skipWithTests);
        tests.ifPresent(property -> getLog().info("Skipped with the tests (" + property
                + "); <skipWithTests>false</skipWithTests> has the fleet all the same"));
        return tests.isPresent();
    }

    private ModuleGoal.Configured in(MavenProject fleetProject) throws MojoExecutionException {
        return Reactor.key(fleetProject).equals(Reactor.key(project))
                ? this
                : new FleetProjectGoal(session, execution, lifecycle, plugins).in(fleetProject);
    }

    final Reactor reactor() {
        return Reactor.of(session, project, execution.getPlugin().getKey());
    }

    private GoalErrors errors() {
        return new GoalErrors(session.getRequest().isShowErrors());
    }

    @Override
    public boolean hasWork() {
        return false;
    }

    @Override
    public final void perform() throws MojoExecutionException, MojoFailureException {
        errors().translate(this::run);
    }

    /** Reads the configuration, opens the fleet and performs the goal's operation on it. */
    abstract void run() throws InterruptedException, MojoExecutionException, MojoFailureException;

    /** Operation on a fleet while the connection to the engine is open. */
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
            LoginContext configurationContext = new LoginContext(
                    new ConsoleTerminal(session.getRequest().isInteractiveMode(), browser()),
                    InstantSource.system(),
                    duration -> Thread.sleep(duration.toMillis()));
            task.ask(new Fleet(connected, configurationContext, listeners(), home()));
        }
    }

    /** Runs a task that is interrupted, and rolled back, if Maven is terminated meanwhile. */
    final void withFleetToChange(FleetTask task) throws InterruptedException, MojoExecutionException {
        withFleetUntilCancelled(ShutdownStep.TAKE_BACK, task);
    }

    /** Runs a task that is interrupted if Maven is terminated meanwhile, with this step as the goal's reaction. */
    final void withFleetUntilCancelled(ShutdownStep thing, FleetTask task)
            throws InterruptedException, MojoExecutionException {
        withFleet(fleet -> {
            GoalCancellation cancel = GoalCancellation.guard(listeners().goals(), thing);
            try {
                task.ask(fleet);
            } finally {
                cancel.end();
            }
        });
    }

    /** Operation on a fleet that this build has claimed. */
    @FunctionalInterface
    interface MakingTask {
        void ask(Fleet fleet, FleetSpec claimed) throws InterruptedException, MojoExecutionException;
    }

    /**
     * Runs a task that creates resources. If the fleet is owned by the build, it is stopped when the build ends.
     *
     * @param results directory for the agents' changes if the fleet is stopped that way
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
        buildEnd(id).expect(id, address, results.resolve("watchdog.log"), new BuildEndListener.Ending() {
            @Override
            public Duration atMost() {
                return Fleet.longestStop(spec.timeouts());
            }

            @Override
            public void run() throws Exception {
                withFleet(Optional.of(address), again -> again.end(id, spec.timeouts(), results));
            }
        });
    }

    /** Records that a fleet was stopped before the end of its build. */
    final void hasEnded(FleetId fleet) {
        BuildEndListener.existing(session).ifPresent(end -> end.forget(fleet));
    }

    private BuildEndListener buildEnd(FleetId id) {
        return BuildEndListener.of(
                session, listeners().goals(), id.buildIdentity().build());
    }

    final ConsoleListeners listeners() {
        if (listeners == null) {
            listeners = new ConsoleListeners(TerminalScreen.sink(getLog(), session.getRequest(), System.getenv()));
        }
        return listeners;
    }

    /** @throws InvalidSpecException if the configured name is not valid */
    final FleetName fleetName() {
        return name != null ? new FleetName(name) : declaredFleets().nameOf(String.valueOf(execution.getExecutionId()));
    }

    /** Returns the fleets that the pom's executions start. */
    final DeclaredFleets declaredFleets() {
        FleetName ofProject = FleetName.near(
                hasPom()
                        ? project.getArtifactId()
                        : String.valueOf(baseDirectory().getFileName()));
        return new DeclaredFleets(
                project, execution.getPlugin().getKey(), properties().get("name"), ofProject);
    }

    /** Returns the fleets that the goal operates on: one, or all that the pom starts if no name selects one. */
    final List<FleetName> fleetNames() {
        DeclaredFleets declared = declaredFleets();
        return name == null && declared.isOfAll(String.valueOf(execution.getExecutionId()))
                ? declared.names()
                : List.of(fleetName());
    }

    /** Returns the id of the fleet with this lifetime that a goal creates or looks for. */
    final FleetId fleetId(Lifetime lifetime) {
        return fleetId(fleetName(), lifetime);
    }

    final FleetId fleetId(FleetName fleet, Lifetime lifetime) {
        Instant began = session.getRequest().getStartTime().toInstant();
        return new FleetId(
                fleet, ProcessIdentity.project(baseDirectory()), lifetime, ProcessIdentity.buildIdentity(began));
    }

    /** Selects the existing fleet that a goal operates on. */
    final FleetSelector fleetSelector() {
        return new FleetSelector(fleetId(Lifetime.DETACHED), !hasPom(), false);
    }

    final Path baseDirectory() {
        return hasPom()
                ? project.getBasedir().toPath()
                : Path.of(session.getExecutionRootDirectory()).toAbsolutePath().normalize();
    }

    /** Returns the directory of the fleet's results. */
    final Path results(File given) {
        return results(given, fleetName());
    }

    /** Returns the directory of a fleet's results. Without a pom, Maven has no {@code target} directory. */
    final Path results(File given, FleetName fleet) {
        Path directory = hasPom() ? PathText.of(given) : baseDirectory().resolve("target/claude-fleet");
        return declaredFleets().directory(directory, fleet);
    }

    /**
     * Returns the directory of the fleet's results for a goal that writes results in this build.
     *
     * @throws InvalidSpecException if another fleet of this build writes to the directory, or if the pom's fleets would
     *     remove each other
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

    final LifecycleExecutor lifecycle() {
        return lifecycle;
    }

    final MavenProject project() {
        return project;
    }

    /**
     * Returns the properties of this execution, from the command line, the project and the system, in Maven's own order
     * of precedence.
     */
    final MavenProperties properties() {
        return new MavenProperties(session, execution);
    }

    private static Optional<Browser> browser() {
        return Browser.find(System.getProperty("os.name"), System.getenv());
    }

    final boolean hasPom() {
        return project.getFile() != null;
    }
}
