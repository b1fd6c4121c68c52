package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.Lifetime;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * Derives a fleet's lifetime from Maven's own plan: it ends with its build if that build also stops it.
 *
 * @param session Maven's session
 * @param project project that declares the fleet
 * @param execution execution of the goal that starts it
 * @param lifecycle calculator of the build's execution plan
 */
record LifetimeResolver(
        MavenSession session, MavenProject project, MojoExecution execution, LifecycleExecutor lifecycle) {

    private static final String STOP = "stop";

    /**
     * Returns the lifetime. A goal that is bound in a pom which also binds {@code stop} belongs to the build, even if
     * the build ends before that phase.
     */
    Lifetime told() {
        boolean bound = execution.getSource() != MojoExecution.Source.CLI && pomStops();
        return bound || planStops() ? Lifetime.BUILD : Lifetime.DETACHED;
    }

    private boolean pomStops() {
        return new PluginExecutions(project, key()).binds(STOP);
    }

    private boolean planStops() {
        try {
            return lifecycle
                    .calculateExecutionPlan(session, session.getGoals().toArray(String[]::new))
                    .getMojoExecutions()
                    .stream()
                    .anyMatch(one -> one.getGoal().equals(STOP)
                            && one.getPlugin().getKey().equals(key()));
        } catch (Exception e) {
            // Maven itself reports an error in the plan; until then the goals of the command line count.
            return session.getGoals().stream().anyMatch(goal -> goal.endsWith(":" + STOP));
        }
    }

    private String key() {
        return execution.getPlugin().getKey();
    }
}
