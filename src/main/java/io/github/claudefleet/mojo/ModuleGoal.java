package io.github.claudefleet.mojo;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;

/**
 * Decides which part of a goal a module executes if several modules execute it for one fleet. The first module that
 * uses the fleet starts it, the last stops it, and goals in between run once.
 */
final class ModuleGoal {

    /** Goal with the configuration of the project that declares the fleet. */
    interface Configured {

        /** Returns true if the goal gives tasks to agents, so that no module has to use the fleet. */
        boolean hasWork();

        void perform() throws InterruptedException, MojoExecutionException, MojoFailureException;
    }

    /** Provider of the configured goal. It takes a moment if another project declares the fleet. */
    @FunctionalInterface
    interface Configuring {
        Configured in(MavenProject fleetProject) throws MojoExecutionException;
    }

    private static final String STOP = "stop";
    private static final String START = "start";
    private static final Set<String> BEGINNINGS = Set.of(START, "auth");

    private final MavenSession session;
    private final MavenProject project;
    private final MojoExecution execution;
    private final Log log;
    private final Configuring configuring;
    private final Reactor reactor;
    private final MavenProject fleetProject;
    private final SharedGoals shared;
    private final ExpectedCalls calls;

    ModuleGoal(
            MavenSession session,
            MojoExecution execution,
            ExpectedCalls calls,
            MavenProject fleetProject,
            Log log,
            Configuring configuring) {
        this.session = session;
        this.project = calls.project();
        this.execution = execution;
        this.log = log;
        this.configuring = configuring;
        this.reactor = calls.reactor();
        this.fleetProject = fleetProject;
        this.shared = SharedGoals.of(session, Reactor.key(fleetProject) + " " + calls.fleets());
        this.calls = calls;
    }

    /** @param skipped true if this module skips the goal; it is counted all the same */
    void execute(boolean skipped) throws InterruptedException, MojoExecutionException, MojoFailureException {
        boolean last = shared.arrive(calls.key(fleetProject)) >= calls.all(fleetProject);
        if (execution.getGoal().equals(STOP)) {
            stop(skipped, last);
        } else if (!skipped) {
            begin(last);
        }
    }

    private void begin(boolean last) throws InterruptedException, MojoExecutionException, MojoFailureException {
        boolean beginning = BEGINNINGS.contains(execution.getGoal());
        if (beginning) {
            shared.forgetStopped();
        }
        SharedGoals.Once once = shared.once(onceKey());
        if (calls.isBound() && beginning && !once.isDone()) {
            if (isLeftToOthers(last)) {
                return;
            }
            new ReactorOrder(reactor, session).check(fleetProject, project);
        } else if (calls.isBound() && !beginning && !once.isDone() && shared.isPostponed()) {
            log.info("Skipped: the fleet of " + fleetProject.getArtifactId() + " is not up yet");
            return;
        }
        once.run(project.getArtifactId(), () -> {
                    configuring.in(fleetProject).perform();
                    if (execution.getGoal().equals(START)) {
                        shared.started();
                    }
                })
                .ifPresent(module -> log.info("Done already: " + execution.getGoal() + " for the fleet of "
                        + fleetProject.getArtifactId() + ", in module " + module));
    }

    /**
     * Returns true if a later module is to start the fleet. A fleet for tests starts, and costs, only when a module
     * with tests is built.
     */
    private boolean isLeftToOthers(boolean last) throws MojoExecutionException {
        boolean alone = isAggregatorAlone();
        if (last && !alone
                || calls.awaitsSeveral()
                || isUsedHere()
                || configuring.in(fleetProject).hasWork()) {
            return false;
        }
        if (execution.getGoal().equals(START)) {
            shared.postponed();
        }
        log.info("Skipped: the fleet of " + fleetProject.getArtifactId()
                + (alone
                        ? " is used by none of the modules that are built"
                        : " starts with the first module that uses it"));
        return true;
    }

    private boolean isUsedHere() {
        return calls.use(project).isLikely(calls.isEarly())
                || !reactor.guestsOf(fleetProject, FleetUsage::namesProperties).isEmpty();
    }

    private boolean isAggregatorAlone() {
        return session.getProjects() != null
                && session.getProjects().size() == 1
                && "pom".equals(project.getPackaging())
                && !project.getModules().isEmpty();
    }

    private void stop(boolean skipped, boolean last)
            throws InterruptedException, MojoExecutionException, MojoFailureException {
        if (skipped && !(last && shared.isStarted()) || calls.isBound() && shared.isPostponed()) {
            return;
        }
        if (calls.isBound() && !last) {
            log.info("The fleet of " + fleetProject.getArtifactId()
                    + " stays up for modules that are still to be built");
            return;
        }
        List<MavenProject> guests = guestsToCome();
        if (calls.isBound()
                && !guests.isEmpty()
                && BuildEndListener.existing(session).isPresent()) {
            log.info("The fleet of " + fleetProject.getArtifactId() + " stays up until the end of the build, for "
                    + names(guests));
            return;
        }
        shared.once(onceKey())
                .run(project.getArtifactId(), () -> configuring.in(fleetProject).perform());
        shared.stopped();
    }

    private List<MavenProject> guestsToCome() {
        return reactor.guestsOf(fleetProject, FleetUsage::isInTests).stream()
                .filter(guest -> guest != project && session.getResult().getBuildSummary(guest) == null)
                .toList();
    }

    private static String names(List<MavenProject> modules) {
        return modules.stream().map(MavenProject::getArtifactId).collect(Collectors.joining(", "));
    }

    /**
     * Returns the key under which the goal runs once. A bound goal runs once in a build. A goal of the command line
     * runs as often as it is named there.
     */
    private String onceKey() {
        String key = calls.key(fleetProject);
        return calls.isBound() ? key : key + " " + shared.arrive(key + " of " + Reactor.key(project));
    }
}
