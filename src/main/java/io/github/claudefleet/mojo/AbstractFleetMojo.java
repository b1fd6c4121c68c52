package io.github.claudefleet.mojo;

import io.github.claudefleet.config.KubernetesConfiguration;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.console.RehearsalLog;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.telemetry.Telemetry;
import java.time.Duration;
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

    /**
     * Rehearses the fleet: it runs as configured, with the real CLI in containers, and a stand-in answers in the
     * service's place, by the scripts in {@code rehearsalScripts}. No account is needed and nothing is paid. The
     * rehearsal is a fleet of its own, whose name ends with {@code -rehearsal}.
     */
    @Parameter(property = "claude-fleet.rehearsal", defaultValue = "false")
    private boolean rehearsal;

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
     * default is {@code DOCKER_HOST}, then the current docker context, then the usual sockets. {@code kubernetes}, or
     * {@code kubernetes:CONTEXT} with a context of the kubeconfig, is a cluster. See docs/kubernetes.md.
     */
    @Parameter(property = "claude-fleet.engine")
    private String engine;

    /**
     * Namespace and pods of a fleet on a Kubernetes cluster: {@code <namespace>}, {@code <imagePullSecrets>},
     * {@code <nodeSelector>}, {@code <tolerations>}, {@code <requests>}, {@code <labels>} and {@code <podOverrides>}. The
     * first two have properties, such as {@code claude-fleet.kubernetes.namespace}. See docs/kubernetes.md.
     */
    @Parameter
    private KubernetesConfiguration kubernetes = new KubernetesConfiguration();

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

    /** Connects to the engine. */
    final GoalSession openSession() {
        Duration limit = Durations.parse("engineTimeout", engineTimeout);
        return GoalSession.open(
                new GoalSession.Settings(session, getLog(), listeners(), limit, cluster()),
                Optional.ofNullable(engine));
    }

    private ClusterSpec cluster() {
        return kubernetes.toSpec(properties(), pullPolicy());
    }

    /** Returns the condition under which the fleet's image is pulled; goals that create nothing need none. */
    PullPolicy pullPolicy() {
        return PullPolicy.MISSING;
    }

    final ConsoleListeners listeners() {
        if (listeners == null) {
            LogSink sink = TerminalScreen.sink(getLog(), session.getRequest(), System.getenv());
            listeners = new ConsoleListeners(
                    rehearsal ? new RehearsalLog(sink) : sink,
                    messages -> new Telemetry(System.getenv(), messages::notTraced));
        }
        return listeners;
    }

    /** Returns the project's fleets, by the name that this goal configures. */
    final ProjectFleets fleets() {
        return new ProjectFleets(session, project, execution, Optional.ofNullable(name), rehearsal);
    }

    final boolean isRehearsal() {
        return rehearsal;
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
}
