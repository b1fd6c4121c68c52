package io.github.claudefleet.mojo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * A plugin's executions in a project, those that it inherits included.
 *
 * @param project whose
 * @param plugin the plugin's key, as Maven has it
 */
record PluginExecutions(MavenProject project, String plugin) {

    private static final String NONE = "none";

    /** Those with a goal that a build comes to. */
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

    /** The text of an element of an execution's configuration. */
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
