package io.github.claudefleet.mojo;

import java.util.List;
import org.apache.maven.model.PluginContainer;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;

/**
 * The modules of a build. A fleet is the root's, whose configuration modules inherit without having one each, unless a module
 * declares the plugin itself.
 *
 * @param projects all that are built
 * @param plugin this plugin's key, as Maven has it
 */
record Reactor(List<MavenProject> projects, String plugin) {

    /** Whether the goal, called for a project, is about the fleet of another one. */
    boolean isOfAnother(MavenProject project) {
        if (projects == null || projects.size() < 2 || declares(project)) {
            return false;
        }
        if (project.isExecutionRoot()) {
            return !inherits(project) && projects.stream().anyMatch(this::declares);
        }
        return projects.stream().anyMatch(MavenProject::isExecutionRoot);
    }

    private boolean declares(MavenProject project) {
        return project.getOriginalModel() != null
                && (has(project.getOriginalModel().getBuild())
                        || project.getOriginalModel().getProfiles().stream()
                                .map(Profile::getBuild)
                                .anyMatch(this::has));
    }

    private boolean inherits(MavenProject project) {
        return project.getBuild() != null && has(project.getBuild());
    }

    private boolean has(PluginContainer build) {
        return build != null
                && build.getPlugins().stream()
                        .anyMatch(declared -> declared.getKey().equals(plugin));
    }
}
