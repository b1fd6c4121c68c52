package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.Lifetime;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * Tells from Maven's own plan when a fleet is to end: with its build, where that is to stop it as well.
 *
 * @param session the build
 * @param project whose fleet it is
 * @param execution the goal that starts it
 * @param lifecycle who knows what the build is going to do
 */
record LifetimeResolver(
        MavenSession session, MavenProject project, MojoExecution execution, LifecycleExecutor lifecycle) {

    private static final String STOP = "stop";

    /** A goal that is bound in a pom which binds {@code stop} as well belongs to a build, also where that is cut short before it. */
    Lifetime told() {
        boolean bound = execution.getSource() != MojoExecution.Source.CLI && pomStops();
        return bound || planStops() ? Lifetime.BUILD : Lifetime.DETACHED;
    }

    private boolean pomStops() {
        return project.getBuildPlugins().stream()
                .filter(plugin -> plugin.getKey().equals(key()))
                .map(Plugin::getExecutions)
                .flatMap(List::stream)
                .anyMatch(one -> one.getGoals().contains(STOP));
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
            // What Maven can't plan it will say itself; until then what was asked for by name counts.
            return session.getGoals().stream().anyMatch(goal -> goal.endsWith(":" + STOP));
        }
    }

    private String key() {
        return execution.getPlugin().getKey();
    }
}
