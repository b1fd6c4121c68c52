package io.github.claudefleet.config;

import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.tasksource.BuildModule;
import io.github.claudefleet.tasksource.TaskFinder;
import io.github.claudefleet.tasksource.TaskSearch;
import io.github.claudefleet.tasksource.TaskSourceListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Context in which a configuration is resolved.
 *
 * @param baseDirectory base of relative paths: the project's directory, or the current one
 * @param home home directory of the user who runs Maven
 * @param environment Maven's own environment
 * @param properties the build's properties and expressions, such as {@code project.version}, by name
 * @param servers decrypted password of a {@code <server>} of settings.xml by its id; empty if there is none
 * @param modules modules of the build
 * @param tasks provider of the tasks of {@code <tasksFrom>}
 */
public record ConfigurationContext(
        Path baseDirectory,
        HomeDirectory home,
        Map<String, String> environment,
        Function<String, Optional<String>> properties,
        Function<String, Optional<Secret>> servers,
        List<BuildModule> modules,
        TaskFinder tasks) {

    public ConfigurationContext {
        modules = List.copyOf(modules);
    }

    /** Creates the context of a configuration without modules, whose sources of tasks are read. */
    public ConfigurationContext(
            Path baseDirectory,
            HomeDirectory home,
            Map<String, String> environment,
            Function<String, Optional<String>> properties,
            Function<String, Optional<Secret>> servers) {
        this(
                baseDirectory,
                home,
                environment,
                properties,
                servers,
                List.of(),
                new TaskSearch(new TaskSourceListener() {}));
    }

    @Override
    public String toString() {
        return "Surroundings of " + baseDirectory;
    }
}
