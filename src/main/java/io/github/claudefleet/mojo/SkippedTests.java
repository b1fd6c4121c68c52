package io.github.claudefleet.mojo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;

/**
 * Detects that a module's build skips the tests that its fleet is bound around, from the parameters of the plugins that
 * run them.
 *
 * @param project module
 * @param plugin key of this plugin, as Maven has it
 * @param evaluate value of an expression in this module; empty if it has none
 */
record SkippedTests(MavenProject project, String plugin, Function<String, Optional<String>> evaluate) {

    private static final Set<String> UNIT_TEST_PHASES = Set.of(
            "generate-test-sources",
            "process-test-sources",
            "generate-test-resources",
            "process-test-resources",
            "test-compile",
            "process-test-classes",
            "test");
    private static final Set<String> INTEGRATION_TEST_PHASES =
            Set.of("pre-integration-test", "integration-test", "post-integration-test", "verify");
    private static final List<String> BEGINNINGS = List.of("run", "start", "auth");

    /** Parameters that skip unit tests, each with its property. */
    private static final Map<String, String> UNIT_SWITCHES = new LinkedHashMap<>();

    private static final Map<String, String> INTEGRATION_SWITCHES = new LinkedHashMap<>();

    static {
        UNIT_SWITCHES.put("skipTests", "skipTests");
        UNIT_SWITCHES.put("skip", "maven.test.skip");
        UNIT_SWITCHES.put("skipExec", "maven.test.skip.exec");
        INTEGRATION_SWITCHES.put("skipITs", "skipITs");
        INTEGRATION_SWITCHES.putAll(UNIT_SWITCHES);
    }

    /**
     * Returns the property or parameter by which the tests are skipped that the fleet is bound around; empty if they
     * run.
     *
     * @param phase phase of the calling goal, which counts if nothing in the pom starts the fleet
     * @param asTests true or false if the pom configures that the fleet is for tests; null if its phase decides
     */
    Optional<String> by(String phase, Boolean asTests) {
        if (Boolean.FALSE.equals(asTests)) {
            return Optional.empty();
        }
        Set<String> phases = phasesOfStart(phase);
        if (UNIT_TEST_PHASES.containsAll(phases)) {
            return skipped("maven-surefire-plugin", "test", UNIT_SWITCHES);
        }
        if (INTEGRATION_TEST_PHASES.containsAll(phases) || Boolean.TRUE.equals(asTests)) {
            return skipped("maven-failsafe-plugin", "integration-test", INTEGRATION_SWITCHES);
        }
        return Optional.empty();
    }

    private Set<String> phasesOfStart(String phase) {
        PluginExecutions executions = new PluginExecutions(project, plugin);
        Set<String> phases = BEGINNINGS.stream()
                .map(executions::with)
                .flatMap(List::stream)
                .map(one -> one.getPhase() == null ? Phase.PRE_INTEGRATION_TEST : Phase.of(one.getPhase()))
                .collect(Collectors.toSet());
        return phases.isEmpty() ? Set.of(phase == null ? Phase.PRE_INTEGRATION_TEST : Phase.of(phase)) : phases;
    }

    /**
     * Returns the property that skips the tests; empty unless all executions that run them are skipped. Without
     * executions, only the properties decide.
     */
    private Optional<String> skipped(String runner, String goal, Map<String, String> switches) {
        List<Optional<String>> executions = new PluginExecutions(project, "org.apache.maven.plugins:" + runner)
                .with(goal).stream()
                        .map(one -> first(switches, element -> PluginExecutions.configured(one, element)))
                        .toList();
        if (executions.isEmpty()) {
            return first(switches, element -> Optional.empty());
        }
        return executions.stream().allMatch(Optional::isPresent) ? executions.get(0) : Optional.empty();
    }

    private Optional<String> first(Map<String, String> switches, Function<String, Optional<String>> configured) {
        Stream<Map.Entry<String, String>> entries = switches.entrySet().stream();
        return entries.filter(one -> configured
                        .apply(one.getKey())
                        .map(evaluate)
                        .orElseGet(() -> evaluate.apply("${" + one.getValue() + "}"))
                        .map(Boolean::parseBoolean)
                        .orElse(false))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
