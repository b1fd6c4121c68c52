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
 * Configures an inherited goal as in the project that declares it. A module's own configuration would have the module's
 * directories and properties, so that each module would select a different fleet.
 */
record FleetProjectGoal(
        MavenSession session, MojoExecution execution, LifecycleExecutor lifecycle, MavenPluginManager plugins) {

    ModuleGoal.Configured in(MavenProject fleetProject) throws MojoExecutionException {
        MavenSession theirs = session.clone();
        theirs.setCurrentProject(fleetProject);
        MojoExecution configured =
                new MojoExecution(execution.getMojoDescriptor(), execution.getExecutionId(), execution.getSource());
        try {
            configured.setConfiguration(configuration(theirs));
            configured.setLifecyclePhase(execution.getLifecyclePhase());
            return (ModuleGoal.Configured) plugins.getConfiguredMojo(Mojo.class, theirs, configured);
        } catch (Exception e) {
            throw new MojoExecutionException(
                    "The fleet of " + fleetProject.getArtifactId() + " can't be configured as its pom "
                            + fleetProject.getFile() + " says: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Returns the goal's configuration from a plan. In all Maven versions, only the calculation of a plan merges a
     * configuration and its defaults.
     */
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
