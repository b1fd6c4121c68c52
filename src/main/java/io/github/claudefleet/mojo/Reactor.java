package io.github.claudefleet.mojo;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.PluginContainer;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;

/**
 * Modules of a build and the fleet of each. A module's fleet belongs to the nearest pom that declares the plugin: its
 * own or a parent's. Modules that inherit the declaration share that pom's fleet, whether the pom is part of the build
 * or not.
 *
 * @param projects modules that are built, in this order
 * @param all those modules and those that this build leaves out
 * @param plugin key of this plugin, as Maven has it
 */
record Reactor(List<MavenProject> projects, List<MavenProject> all, String plugin) {

    /** Returns the reactor of a session. In tests the session may have no modules. */
    static Reactor of(MavenSession session, MavenProject project, String plugin) {
        List<MavenProject> projects = orElse(session.getProjects(), List.of(project));
        return new Reactor(projects, orElse(session.getAllProjects(), projects), plugin);
    }

    /**
     * Returns the project whose fleet a goal operates on if it is called for this one; empty if only other modules have
     * fleets.
     */
    Optional<MavenProject> fleetProject(MavenProject project) {
        Optional<MavenProject> declaring = declaring(project);
        if (declaring.isPresent()) {
            return Optional.of(isOnDisk(declaring.get()) ? declaring.get() : successorOnDisk(project, declaring.get()));
        }
        boolean elsewhere =
                projects.stream().anyMatch(module -> declaring(module).isPresent());
        return elsewhere ? Optional.empty() : Optional.of(executionRoot().orElse(project));
    }

    /** Returns the modules of this build whose fleet is that of a project. */
    List<MavenProject> modulesOf(MavenProject fleetProject) {
        return projects.stream()
                .filter(module -> isFleetOf(fleetProject, module))
                .toList();
    }

    /** Returns the modules of this build that use a project's fleet and don't bind {@code start} themselves. */
    List<MavenProject> guestsOf(MavenProject fleetProject, Predicate<FleetUsage> uses) {
        return usersOf(fleetProject)
                .filter(module -> !new PluginExecutions(module, plugin).binds("start"))
                .filter(module -> uses.test(new FleetUsage(module, plugin)))
                .toList();
    }

    /** Returns the modules of this build that have a project's fleet or none of their own. */
    Stream<MavenProject> usersOf(MavenProject fleetProject) {
        return projects.stream()
                .filter(module -> fleetProject(module)
                        .map(theirs -> key(theirs).equals(key(fleetProject)))
                        .orElse(true));
    }

    private boolean isFleetOf(MavenProject fleetProject, MavenProject module) {
        return fleetProject(module)
                .map(theirs -> key(theirs).equals(key(fleetProject)))
                .orElse(false);
    }

    /** Returns the key of a project in this build. Maven may read a project twice if it is both built and a parent. */
    static String key(MavenProject project) {
        return project.getBasedir() + " " + project.getArtifactId();
    }

    private Optional<MavenProject> declaring(MavenProject project) {
        Set<String> profiles = project.getInjectedProfileIds().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        return chain(project).filter(pom -> declares(pom, profiles)).findFirst();
    }

    /**
     * Returns the highest project on disk that inherits a declaration. A declaration from a repository has no directory
     * of its own.
     */
    private MavenProject successorOnDisk(MavenProject project, MavenProject declaring) {
        return executionRoot()
                .filter(root -> chain(root).anyMatch(pom -> pom.getId().equals(declaring.getId())))
                .orElseGet(() -> chain(project)
                        .takeWhile(Reactor::isOnDisk)
                        .reduce((lower, higher) -> higher)
                        .orElse(project));
    }

    private Optional<MavenProject> executionRoot() {
        return all.stream().filter(MavenProject::isExecutionRoot).findFirst();
    }

    private boolean declares(MavenProject pom, Set<String> profiles) {
        return pom.getOriginalModel() != null
                && (has(pom.getOriginalModel().getBuild())
                        || pom.getOriginalModel().getProfiles().stream()
                                .filter(profile -> profiles.contains(profile.getId()))
                                .map(Profile::getBuild)
                                .anyMatch(this::has));
    }

    private boolean has(PluginContainer build) {
        return build != null
                && build.getPlugins().stream()
                        .anyMatch(declared -> declared.getKey().equals(plugin));
    }

    private static Stream<MavenProject> chain(MavenProject project) {
        return Stream.iterate(project, pom -> pom != null, MavenProject::getParent);
    }

    /** Returns false for a parent from a repository, which has no file or a file of the local repository. */
    private static boolean isOnDisk(MavenProject pom) {
        File file = pom.getFile();
        return file != null && !file.getName().endsWith(".pom");
    }

    private static List<MavenProject> orElse(List<MavenProject> given, List<MavenProject> other) {
        return given == null || given.isEmpty() ? other : given;
    }
}
