package io.github.claudefleet.mojo;

import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MavenPluginManager;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Configures a goal as in the project that declares it, where a module inherits it. A module's own view would have the module's
 * directories and properties, so that each module asked for another fleet.
 */
record FleetProjectGoal(
        MavenSession session, MojoExecution execution, LifecycleExecutor lifecycle, MavenPluginManager plugins) {

    AbstractFleetMojo in(MavenProject fleetProject) throws MojoExecutionException {
        MavenSession theirs = session.clone();
        theirs.setCurrentProject(fleetProject);
        MojoExecution configured =
                new MojoExecution(execution.getMojoDescriptor(), execution.getExecutionId(), execution.getSource());
        try {
            configured.setConfiguration(configuration(theirs));
            configured.setLifecyclePhase(execution.getLifecyclePhase());
            return (AbstractFleetMojo) plugins.getConfiguredMojo(Mojo.class, theirs, configured);
        } catch (Exception e) {
            throw new MojoExecutionException(
                    "The fleet of " + fleetProject.getArtifactId() + " can't be configured as its pom "
                            + fleetProject.getFile() + " says: " + e.getMessage(),
                    e);
        }
    }

    /** Maven merges a goal's configuration and its defaults when it plans, and in no other place that all its versions have. */
    private Xpp3Dom configuration(MavenSession theirs) throws Exception {
        Plugin plugin = execution.getPlugin();
        String goal = String.join(
                ":",
                plugin.getGroupId(),
                plugin.getArtifactId(),
                plugin.getVersion(),
                execution.getGoal() + "@" + execution.getExecutionId());
        List<MojoExecution> planned =
                lifecycle.calculateExecutionPlan(theirs, goal).getMojoExecutions();
        return planned.get(planned.size() - 1).getConfiguration();
    }
}
