package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.FleetName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * Counts the executions of a goal for one fleet that a build is going to reach, in all its modules.
 *
 * @param reactor modules of the build
 * @param session Maven's session
 * @param project module that executes the goal
 * @param execution execution of the goal
 * @param lifecycle calculator of the build's execution plan
 */
record ExpectedCalls(
        Reactor reactor,
        MavenSession session,
        MavenProject project,
        MojoExecution execution,
        LifecycleExecutor lifecycle) {

    private static final String STOP = "stop";
    private static final Set<String> AROUND_INTEGRATION_TESTS =
            Set.of("pre-integration-test", "integration-test", "post-integration-test", "verify", "install", "deploy");

    /** Returns true if a pom binds the goal to a phase, and the user did not name it at the command line. */
    boolean isBound() {
        return execution.getSource() != MojoExecution.Source.CLI;
    }

    /** Returns true if the goal is bound to a phase before those of integration tests. */
    boolean isEarly() {
        String phase = execution.getLifecyclePhase();
        return phase != null && !AROUND_INTEGRATION_TESTS.contains(Phase.of(phase));
    }

    /** Returns the fleets that the goal operates on, as one text. */
    String fleets() {
        return fleets(String.valueOf(execution.getExecutionId()));
    }

    private String fleets(String id) {
        DeclaredFleets declared = declared();
        return declared.isOfAll(id)
                ? String.valueOf(declared.names())
                : declared.nameOf(id).value();
    }

    /** Returns true if one goal awaits or judges several fleets, which then must be up at the same time. */
    boolean awaitsSeveral() {
        DeclaredFleets declared = declared();
        return List.of("await", "verify").stream()
                .flatMap(goal -> of(project).with(goal).stream())
                .anyMatch(one -> declared.isOfAll(one.getId()));
    }

    private DeclaredFleets declared() {
        MavenProject fleetProject = reactor.fleetProject(project).orElse(project);
        FleetName name = FleetName.near(fleetProject.getArtifactId());
        return new DeclaredFleets(project, reactor.plugin(), Optional.empty(), name);
    }

    /**
     * Returns the key that distinguishes the goal from others. In several modules, executions that stop the same fleet
     * have the same key.
     */
    String key(MavenProject fleetProject) {
        return execution.getGoal() + " "
                + (isOneOfSeveralStops(fleetProject) ? "of " + fleets() : execution.getExecutionId());
    }

    int all(MavenProject fleetProject) {
        Set<String> ids = executions(fleetProject);
        return Math.toIntExact(modules(fleetProject, ids) * inEachModule(ids));
    }

    private long modules(MavenProject fleetProject, Set<String> ids) {
        return reactor.modulesOf(fleetProject).stream()
                .filter(module ->
                        !isBound() || ids.stream().anyMatch(id -> of(module).binds(execution.getGoal(), id)))
                .count();
    }

    private boolean isOneOfSeveralStops(MavenProject fleetProject) {
        return isBound() && execution.getGoal().equals(STOP) && modules(fleetProject, stops()) > 1;
    }

    FleetUsage use(MavenProject module) {
        return new FleetUsage(module, reactor.plugin());
    }

    private Set<String> executions(MavenProject fleetProject) {
        return isOneOfSeveralStops(fleetProject) ? stops() : Set.of(String.valueOf(execution.getExecutionId()));
    }

    private Set<String> stops() {
        return of(project).with(STOP).stream()
                .map(PluginExecution::getId)
                .filter(id -> fleets(id).equals(fleets()))
                .collect(Collectors.toSet());
    }

    private PluginExecutions of(MavenProject module) {
        return new PluginExecutions(module, reactor.plugin());
    }

    /**
     * Counts executions in one module. There are more than one if the command line has several phases, such as
     * {@code verify install}: Maven goes through each.
     */
    private long inEachModule(Set<String> ids) {
        List<String> goals = session.getGoals() == null ? List.of() : session.getGoals();
        long planned = goals.size() < 2 ? 0 : planned(goals, ids);
        return planned == 0 ? Math.max(1, ids.size()) : planned;
    }

    private long planned(List<String> goals, Set<String> ids) {
        try {
            return lifecycle.calculateExecutionPlan(session, goals.toArray(String[]::new)).getMojoExecutions().stream()
                    .filter(one -> one.getGoal().equals(execution.getGoal())
                            && one.getPlugin().getKey().equals(reactor.plugin())
                            && ids.contains(one.getExecutionId()))
                    .count();
        } catch (Exception e) {
            // Maven itself reports an error in the plan.
            return 0;
        }
    }
}
