package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Fleets that the executions of one pom start. One execution, or several with equal configurations, start the project's
 * fleet. Executions with different configurations start one fleet each: without a {@code <name>}, the fleet's name is
 * the project's name followed by the execution's id.
 */
final class DeclaredFleets {

    private static final Set<String> STARTING = Set.of("start", "run");

    /** Goals that operate on one fleet and need its configuration. */
    private static final Set<String> OF_ONE = Set.of("auth", "await");

    /** Id of an execution that configures none. Its fleet has the project's own name. */
    private static final String WITHOUT_ID = "default";

    private static final int LONGEST_NAME = 40;

    /** Execution that starts a fleet. */
    private record Declared(String execution, FleetName fleet, String directory, String configuration) {}

    private final Path base;
    private final FleetName fallback;
    private final Optional<String> property;
    private final List<PluginExecution> executions;
    private final boolean differ;
    private final List<Declared> declared = new ArrayList<>();

    /**
     * @param plugin key of this plugin, as Maven has it
     * @param property value of {@code claude-fleet.name}
     * @param fallback name of the project's fleet
     */
    DeclaredFleets(MavenProject project, String plugin, Optional<String> property, FleetName fallback) {
        this.base = project.getBasedir() == null
                ? Path.of("").toAbsolutePath()
                : project.getBasedir().toPath().toAbsolutePath();
        this.fallback = fallback;
        this.property = property;
        this.executions = project.getBuildPlugins().stream()
                .filter(one -> one.getKey().equals(plugin))
                .map(Plugin::getExecutions)
                .flatMap(List::stream)
                .filter(one -> !"none".equalsIgnoreCase(one.getPhase()))
                .toList();
        List<PluginExecution> starting = executions.stream()
                .filter(one -> one.getGoals().stream().anyMatch(STARTING::contains))
                .toList();
        this.differ = starting.stream().map(DeclaredFleets::text).distinct().count() > 1;
        for (PluginExecution one : starting) {
            String directory = child(one, "resultsDirectory").orElse("");
            declared.add(new Declared(one.getId(), nameOf(one.getId()), directory, text(one)));
        }
    }

    /** Returns the name of the fleet that an execution operates on, if its own configuration has none. */
    FleetName nameOf(String execution) {
        Optional<PluginExecution> found =
                executions.stream().filter(one -> one.getId().equals(execution)).findFirst();
        Optional<String> given = found.flatMap(one -> child(one, "name")).or(() -> property);
        if (given.isPresent()) {
            return new FleetName(given.get());
        }
        boolean own = differ && found.filter(DeclaredFleets::starts).isPresent() && !execution.equals(WITHOUT_ID);
        return own ? ofExecution(execution) : fallback;
    }

    /** Shortens the name of a long project, not the execution's id, which distinguishes the fleets. */
    private FleetName ofExecution(String execution) {
        int room = Math.max(1, LONGEST_NAME - execution.length() - 1);
        String project =
                fallback.value().substring(0, Math.min(room, fallback.value().length()));
        return FleetName.near(project + "-" + execution);
    }

    /** Returns the fleets, in the pom's order; empty if no execution starts one. */
    List<FleetName> names() {
        return declared.stream().map(Declared::fleet).distinct().toList();
    }

    /** Returns true if an execution awaits a fleet in this project's lifecycle. */
    boolean awaits(FleetName fleet) {
        return executions.stream()
                .filter(one ->
                        one.getGoals().contains("await") || one.getGoals().contains("run"))
                .anyMatch(one -> nameOf(one.getId()).equals(fleet));
    }

    /** Returns true if there are several fleets, and neither the execution nor the command line selects one. */
    boolean isOfAll(String execution) {
        Optional<PluginExecution> found =
                executions.stream().filter(one -> one.getId().equals(execution)).findFirst();
        return names().size() > 1
                && property.isEmpty()
                && found.flatMap(one -> child(one, "name")).isEmpty()
                && found.filter(DeclaredFleets::starts).isEmpty();
    }

    /**
     * Returns the directory of a fleet's results: a subdirectory for each fleet if several would share one.
     *
     * @param given directory that the calling goal has as its parameter
     */
    Path directory(Path given, FleetName fleet) {
        Optional<String> own = declared.stream()
                .filter(one -> one.fleet().equals(fleet))
                .map(Declared::directory)
                .findFirst();
        boolean shared = own.isPresent()
                && declared.stream()
                        .anyMatch(other -> !other.fleet().equals(fleet)
                                && other.directory().equals(own.get()));
        Path directory = own.filter(text -> !text.isEmpty() && !text.contains("${"))
                .map(text -> base.resolve(text).normalize())
                .orElse(given);
        return shared ? directory.resolve(fleet.value()) : directory;
    }

    /**
     * Checks that no execution would undo the work of another.
     *
     * @throws InvalidSpecException if one would, with the execution's id in the message
     */
    void check() {
        Map<FleetName, Declared> first = new LinkedHashMap<>();
        for (Declared one : declared) {
            Declared other = first.putIfAbsent(one.fleet(), one);
            if (other != null && !other.configuration().equals(one.configuration())) {
                throw new InvalidSpecException(
                        "name",
                        "\"" + one.fleet() + "\" is the fleet of two executions, " + other.execution() + " and "
                                + one.execution() + ", whose configurations differ: the second would remove the agents"
                                + " of the first",
                        "Give each execution a <name> of its own, or none.");
            }
        }
        for (PluginExecution one : executions) {
            if (isOfAll(one.getId()) && one.getGoals().stream().anyMatch(OF_ONE::contains)) {
                throw new InvalidSpecException(
                        "name",
                        "is missing in execution " + one.getId() + " ("
                                + String.join(", ", new TreeSet<>(one.getGoals()))
                                + "), and this pom starts several fleets: " + names(),
                        "Move its goals into the execution that starts the fleet, or give both the same <name> and <agents>.");
            }
        }
    }

    private static boolean starts(PluginExecution execution) {
        return execution.getGoals().stream().anyMatch(STARTING::contains);
    }

    private static String text(PluginExecution execution) {
        return Objects.toString(execution.getConfiguration(), "");
    }

    private static Optional<String> child(PluginExecution execution, String name) {
        return execution.getConfiguration() instanceof Xpp3Dom dom
                ? Optional.ofNullable(dom.getChild(name)).map(Xpp3Dom::getValue).filter(text -> !text.isBlank())
                : Optional.empty();
    }
}
