package io.github.claudefleet.mojo;

import java.io.File;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;

/**
 * Detects from a module's model if something in it uses a fleet. In doubt it does: a fleet that starts too early costs
 * only a moment.
 *
 * @param project module
 * @param plugin key of this plugin, as Maven has it
 */
record FleetUsage(MavenProject project, String plugin) {

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{claude-fleet\\.[^}]+\\.(containerId|state)}");
    private static final Set<String> PHASES_OF_TESTS = Set.of("pre-integration-test", "integration-test");
    private static final Set<String> TEST_RUNNERS = Set.of("maven-surefire-plugin", "maven-failsafe-plugin");
    /** Prefix of the execution ids that Maven's own packagings bind. */
    private static final String OF_PACKAGING = "default-";

    private static final String FAILSAFE = "org.apache.maven.plugins:maven-failsafe-plugin";
    private static final String POM = "pom";

    /** @param early true if the fleet starts before the phases of integration tests, and so not only for tests */
    boolean isLikely(boolean early) {
        return namesProperties() || hasTests() || runsBesideTests() || early && !isPom();
    }

    /**
     * Returns true if the module's configuration has properties that {@code start} sets. Those of test runners don't
     * count in a module without tests, such as a parent that configures them for all modules.
     */
    boolean namesProperties() {
        boolean tests = hasTests();
        Stream<String> configured = otherPlugins()
                .filter(one -> tests || !TEST_RUNNERS.contains(one.getArtifactId()))
                .flatMap(FleetUsage::configurations);
        Stream<String> ofTests =
                tests ? project.getProperties().values().stream().map(Objects::toString) : Stream.empty();
        return Stream.concat(ofTests, configured)
                .anyMatch(text -> PROPERTY.matcher(text).find());
    }

    /** Returns true if integration tests run here, or if the module's configuration shows that it uses a fleet. */
    boolean isInTests() {
        return namesProperties() || hasTests() && new PluginExecutions(project, FAILSAFE).binds("integration-test");
    }

    private boolean hasTests() {
        if (project.getBuild() == null) {
            return false;
        }
        String sources = project.getBuild().getTestSourceDirectory();
        return Stream.of(sources, new File(project.getBasedir(), "src/test").getPath())
                .anyMatch(directory -> directory != null && new File(directory).isDirectory());
    }

    /** Returns true if anything but tests runs while a fleet is up, such as a script. */
    private boolean runsBesideTests() {
        return otherPlugins()
                .filter(one -> !TEST_RUNNERS.contains(one.getArtifactId()))
                .map(Plugin::getExecutions)
                .flatMap(List::stream)
                .filter(one -> !one.getId().startsWith(OF_PACKAGING))
                .anyMatch(
                        one -> one.getPhase() == null ? !isPom() : PHASES_OF_TESTS.contains(Phase.of(one.getPhase())));
    }

    private boolean isPom() {
        return POM.equals(project.getPackaging());
    }

    private Stream<Plugin> otherPlugins() {
        return project.getBuild() == null
                ? Stream.empty()
                : project.getBuildPlugins().stream().filter(one -> !one.getKey().equals(plugin));
    }

    private static Stream<String> configurations(Plugin one) {
        Stream<PluginExecution> executions = one.getExecutions().stream();
        return Stream.concat(Stream.of(one), executions)
                .map(ConfigurationContainer::getConfiguration)
                .filter(Objects::nonNull)
                .map(Object::toString);
    }
}
