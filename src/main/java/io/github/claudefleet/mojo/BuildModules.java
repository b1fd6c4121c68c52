package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.tasksource.BuildModule;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** Converts the modules that Maven builds. */
final class BuildModules {

    private BuildModules() {}

    /** Returns the modules in the order in which they are built; none if there is no pom. */
    static List<BuildModule> of(MavenSession session) {
        List<MavenProject> projects = session.getProjects() == null ? List.of() : session.getProjects();
        return projects.stream()
                .filter(project -> project.getFile() != null)
                .map(BuildModules::of)
                .toList();
    }

    private static BuildModule of(MavenProject project) {
        Path directory = PathText.of(project.getBasedir());
        String build = project.getBuild().getDirectory();
        List<String> roots = project.getTestCompileSourceRoots();
        return new BuildModule(
                project.getGroupId(),
                project.getArtifactId(),
                project.getVersion(),
                project.getPackaging(),
                directory,
                build == null ? directory.resolve("target") : PathText.of(new File(build)),
                roots == null
                        ? List.of()
                        : roots.stream()
                                .map(root -> PathText.resolve(directory, root))
                                .toList());
    }
}
