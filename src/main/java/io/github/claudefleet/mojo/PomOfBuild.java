package io.github.claudefleet.mojo;

import io.github.claudefleet.init.InitPlan;
import io.github.claudefleet.init.PluginElement;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginContainer;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/** The pom that a person means who calls a goal: that of the build's first project, as the person has written it. */
record PomOfBuild(MavenSession session, MavenProject project, MojoExecution execution) {

    /** Returns false for the other modules of a build, for which Maven executes the goal as well. */
    boolean isMeant() {
        List<MavenProject> projects = session.getProjects();
        if (projects == null || projects.isEmpty()) {
            return true;
        }
        MavenProject meant = projects.stream()
                .filter(MavenProject::isExecutionRoot)
                .findFirst()
                .orElse(projects.get(0));
        return meant == project;
    }

    /**
     * Returns the pom's file. Extensions that compute versions give Maven a hidden copy, beside which the pom is.
     *
     * @throws InvalidSpecException if there is none
     */
    Path pom() {
        File file = project.getFile();
        if (file == null) {
            Path directory = Path.of(session.getExecutionRootDirectory()).toAbsolutePath();
            return InitPlan.nearestPom(directory.normalize())
                    .orElseThrow(() -> new InvalidSpecException(
                            "pom.xml",
                            "is missing in " + directory.normalize() + " and in the directories above",
                            "Create a project first, or call init in its directory."));
        }
        Path pom = PathText.of(file);
        boolean generated = pom.getFileName().toString().startsWith(".");
        Path written = pom.resolveSibling("pom.xml");
        return generated && Files.isRegularFile(written) ? written : pom;
    }

    /** Returns the plugin's element, without a version if a parent or the pom itself manages one. */
    PluginElement plugin() {
        Plugin own = execution.getPlugin();
        boolean managed = containsWithVersion(project.getPluginManagement());
        return new PluginElement(
                own.getGroupId(), own.getArtifactId(), managed ? Optional.empty() : Optional.of(own.getVersion()));
    }

    private boolean containsWithVersion(PluginContainer management) {
        return project.getFile() != null
                && management != null
                && management.getPlugins().stream().anyMatch(plugin -> isOwn(plugin) && plugin.getVersion() != null);
    }

    /** Finds the plugin in the parents' poms; returns their description for a message. */
    Optional<String> inherited() {
        MavenProject parent = project.getParent();
        return parent != null && parent.getBuildPlugins().stream().anyMatch(this::isOwn)
                ? Optional.of("its parent " + parent.getId())
                : Optional.empty();
    }

    private boolean isOwn(Plugin plugin) {
        return plugin.getKey().equals(execution.getPlugin().getKey());
    }
}
