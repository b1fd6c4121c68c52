package io.github.claudefleet.mojo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Executions of a plugin in a project, including the inherited ones.
 *
 * @param project project with the executions
 * @param plugin key of the plugin, as Maven has it
 */
record PluginExecutions(MavenProject project, String plugin) {

    private static final String NONE = "none";

    /** Returns the executions with a goal, without those whose phase is {@code none}. */
    List<PluginExecution> with(String goal) {
        return plugins()
                .map(Plugin::getExecutions)
                .flatMap(List::stream)
                .filter(one -> one.getGoals().contains(goal))
                .filter(one -> !NONE.equalsIgnoreCase(one.getPhase()))
                .toList();
    }

    boolean binds(String goal) {
        return !with(goal).isEmpty();
    }

    boolean binds(String goal, String execution) {
        return with(goal).stream().anyMatch(one -> one.getId().equals(execution));
    }

    /** Returns the text of an element in an execution's configuration. */
    static Optional<String> configured(PluginExecution execution, String element) {
        return Optional.ofNullable((Xpp3Dom) execution.getConfiguration())
                .map(configuration -> configuration.getChild(element))
                .map(Xpp3Dom::getValue)
                .filter(value -> !value.isBlank());
    }

    private Stream<Plugin> plugins() {
        return project.getBuild() == null
                ? Stream.empty()
                : project.getBuildPlugins().stream().filter(one -> one.getKey().equals(plugin));
    }
}
