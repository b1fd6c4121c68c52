package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.config.AgentConfiguration;
import io.github.claudefleet.config.AuthConfiguration;
import io.github.claudefleet.config.CheckConfiguration;
import io.github.claudefleet.config.ConfigurationContext;
import io.github.claudefleet.config.DependencyConfiguration;
import io.github.claudefleet.config.EgressConfiguration;
import io.github.claudefleet.config.FleetConfiguration;
import io.github.claudefleet.config.HardeningConfiguration;
import io.github.claudefleet.config.ImageConfiguration;
import io.github.claudefleet.config.JavaConfiguration;
import io.github.claudefleet.config.KubernetesConfiguration;
import io.github.claudefleet.config.ModulesConfiguration;
import io.github.claudefleet.config.PropertySource;
import io.github.claudefleet.config.SurefireConfiguration;
import io.github.claudefleet.config.TaskConfiguration;
import io.github.claudefleet.config.TasksFromConfiguration;
import io.github.claudefleet.config.WorkDefaults;
import io.github.claudefleet.config.WorkspaceConfiguration;
import io.github.claudefleet.docs.ConfigurationReference.Row;
import io.github.claudefleet.docs.PluginDescriptor.GoalParameter;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.AgentStart;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.Federation;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.SignInSpec;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.tasksource.TaskExpansion;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationReferenceTest {

    private static final String TOP = "The plugin";

    private final ConfigurationReference reference = ConfigurationReference.read();

    static Stream<Arguments> elements() {
        return Stream.of(
                Arguments.of("`<image>`", ImageConfiguration.class),
                Arguments.of("`<auth>`", AuthConfiguration.class),
                Arguments.of("`<agents>` › `<agent>`", AgentConfiguration.class),
                Arguments.of("`<tasks>` › `<task>`", TaskConfiguration.class),
                Arguments.of("`<check>`", CheckConfiguration.class),
                Arguments.of("`<dependsOn>`", DependencyConfiguration.class),
                Arguments.of("`<tasksFrom>`", TasksFromConfiguration.class),
                Arguments.of("`<surefire>`", SurefireConfiguration.class),
                Arguments.of("`<modules>`", ModulesConfiguration.class),
                Arguments.of("`<workspace>`", WorkspaceConfiguration.class),
                Arguments.of("`<java>`", JavaConfiguration.class),
                Arguments.of("`<egress>`", EgressConfiguration.class),
                Arguments.of("`<hardening>`", HardeningConfiguration.class),
                Arguments.of("`<kubernetes>`", KubernetesConfiguration.class));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void anElementHasTheParametersOfItsClass(String heading, Class<?> bean) {
        assertThat(reference.section(heading)).extracting(Row::name).containsExactlyInAnyOrderElementsOf(fields(bean));
    }

    @Test
    void thePluginHasTheParametersOfItsGoalsUnderTheirProperties() {
        Map<String, String> documented = reference.section(TOP).stream()
                .collect(Collectors.toMap(Row::name, row -> row.property().orElse("")));
        Map<String, String> actual = goalParameters()
                .collect(Collectors.toMap(GoalParameter::name, GoalParameter::property, (first, second) -> first));
        assertThat(documented).containsExactlyInAnyOrderEntriesOf(actual);
    }

    @Test
    void thePropertiesAreThoseThatTheCodeAsksFor() {
        Set<String> actual = new TreeSet<>();
        PropertySource asked = name -> {
            actual.add("claude-fleet." + name);
            return Optional.empty();
        };
        new FleetConfiguration().fillFrom(asked);
        new KubernetesConfiguration().toSpec(asked, PullPolicy.MISSING);
        goalParameters()
                .map(GoalParameter::property)
                .filter(name -> !name.isEmpty())
                .forEach(actual::add);
        assertThat(reference.all().stream().flatMap(row -> row.property().stream()))
                .containsExactlyInAnyOrderElementsOf(actual);
    }

    @Test
    void theDefaultsAreThoseOfAnEmptyConfiguration(@TempDir Path project) {
        Map<String, String> documented = new TreeMap<>();
        reference
                .all()
                .forEach(row -> row.defaultValue()
                        .ifPresent(value -> documented.put(row.property().orElse(row.name()), value)));
        assertThat(documented).containsExactlyInAnyOrderEntriesOf(defaults(project));
    }

    private static Map<String, String> defaults(Path project) {
        ConfigurationContext context = new ConfigurationContext(
                project,
                HomeDirectory.at(Path.of("/home/me")),
                Map.of(),
                name -> Optional.empty(),
                id -> Optional.empty());
        FleetSpec spec = new FleetConfiguration().workers(1).toSpec(Shop.idOf("any"), context, ContainerUser.FOR_ROOT);
        Map<String, String> defaults = new TreeMap<>(Map.of(
                "claude-fleet.sharing", spec.login().sharing().value(),
                "claude-fleet.parallelism", String.valueOf(spec.timeouts().parallelism()),
                "claude-fleet.startTimeout", Durations.toText(spec.timeouts().startTimeout()),
                "claude-fleet.stopTimeout", Durations.toText(spec.timeouts().stopTimeout())));
        goalParameters()
                .filter(parameter -> !parameter.defaultValue().isEmpty())
                .forEach(parameter -> defaults.put(
                        parameter.property().isEmpty() ? parameter.name() : parameter.property(),
                        parameter.defaultValue()));
        addCheck(defaults, CheckSpec.of("mvn verify"));
        addImage(defaults, (ImageSpec.Bundled) spec.image());
        addLogin(defaults, spec);
        addAgent(defaults, spec.agents().get(0));
        defaults.put("maxTasks", String.valueOf(TaskExpansion.DEFAULT_MAX_TASKS));
        defaults.put("retries", String.valueOf(TaskQueue.DEFAULT_RETRIES));
        defaults.put(
                "claude-fleet.taskTimeout",
                Durations.toText(TaskTimeouts.DEFAULT.total().orElseThrow()));
        defaults.put(
                "claude-fleet.idleTimeout",
                Durations.toText(TaskTimeouts.DEFAULT.idle().orElseThrow()));
        defaults.put(
                "claude-fleet.backgroundTimeout",
                Durations.toText(TaskTimeouts.DEFAULT.background().orElseThrow()));
        defaults.put("claude-fleet.endTimeout", Durations.toText(TaskTimeouts.DEFAULT.grace()));
        defaults.put(
                "claude-fleet.egress.mode", spec.agents().get(0).egress().mode().value());
        defaults.put(
                "claude-fleet.egress.fence",
                spec.agents().get(0).egress().fence().value());
        addHardening(defaults, spec);
        defaults.put("claude-fleet.costDirectory", costDirectory(context));
        defaults.put("claude-fleet.rehearsalScripts", rehearsalScripts(context));
        return defaults;
    }

    private static void addCheck(Map<String, String> defaults, CheckSpec check) {
        defaults.put("rounds", String.valueOf(check.rounds()));
        defaults.put("where", check.place().value());
        defaults.put("onFailure", "skip");
        defaults.put("claude-fleet.workspace.onConflict", AgentStart.FAIL_ON_CONFLICT.value());
    }

    private static void addImage(Map<String, String> defaults, ImageSpec.Bundled image) {
        defaults.put("claude-fleet.image.base", image.base());
        defaults.put("claude-fleet.image.claudeVersion", image.claudeVersion());
        defaults.put("claude-fleet.image.pull", image.pull().value());
    }

    private static void addLogin(Map<String, String> defaults, FleetSpec spec) {
        defaults.put("claude-fleet.auth.mode", spec.login().mode().value());
        defaults.put(
                "claude-fleet.auth.directory",
                spec.login().directory().toString().replace("/home/me", "~"));
        defaults.put("claude-fleet.auth.audience", Federation.DEFAULT_AUDIENCE);
        defaults.put("claude-fleet.auth.timeout", Durations.toText(spec.login().timeout()));
        defaults.put(
                "claude-fleet.auth.pollInterval", Durations.toText(spec.login().pollInterval()));
        defaults.put(
                "claude-fleet.auth.whenOutOfQuota", spec.login().quota().when().value());
        defaults.put(
                "claude-fleet.auth.quotaTimeout",
                Durations.toText(spec.login().quota().timeout()));
        defaults.put("claude-fleet.auth.remember", Durations.toText(spec.login().remembered()));
        SignInSpec signIn = spec.login().signIn();
        defaults.put("claude-fleet.auth.unattended", signIn.unattended().value());
        defaults.put("claude-fleet.auth.signInTimeout", Durations.toText(signIn.timeout()));
        defaults.put("claude-fleet.auth.console", String.valueOf(signIn.console()));
        defaults.put("claude-fleet.auth.sso", String.valueOf(signIn.sso()));
    }

    private static void addAgent(Map<String, String> defaults, AgentSpec agent) {
        defaults.put("permissionMode", agent.claude().permissionMode());
        defaults.put(
                "claude-fleet.instructions",
                String.join(",", agent.claude().context().instructions()));
        defaults.put("memory", agent.limits().memory().toString());
        defaults.put("pids", String.valueOf(agent.limits().pids()));
        WorkspaceOrigin workspace = agent.workspace().origin();
        defaults.put("claude-fleet.workspace.strategy", workspace.strategy().value());
        defaults.put("claude-fleet.workspace.uncommitted", String.valueOf(workspace.uncommitted()));
        defaults.put("claude-fleet.workspace.merge", workspace.home().merge().value());
        defaults.put(
                "claude-fleet.workspace.commit", String.valueOf(workspace.home().commitsTheRest()));
        defaults.put("claude-fleet.workspace.remote", workspace.home().remote());
        defaults.put("claude-fleet.workspace.root", workspace.root().toString().replace("/home/me", "~"));
    }

    private static String rehearsalScripts(ConfigurationContext context) {
        FleetSpec rehearsal = new FleetConfiguration()
                .rehearsal(true, null)
                .toSpec(Shop.idOf("any"), context, ContainerUser.FOR_ROOT);
        return context.baseDirectory()
                .relativize(rehearsal.rehearsal().orElseThrow().scripts())
                .toString();
    }

    private static String costDirectory(ConfigurationContext context) {
        return new FleetConfiguration()
                .work(new WorkDefaults().maxCostPerDay("1"))
                .toSpec(Shop.idOf("any"), context, ContainerUser.FOR_ROOT)
                .work()
                .daily()
                .orElseThrow()
                .directory()
                .toString()
                .replace("/home/me", "~");
    }

    private static void addHardening(Map<String, String> defaults, FleetSpec spec) {
        String prefix = "claude-fleet.hardening.";
        defaults.put(
                prefix + "capDrop",
                String.join(",", spec.containers().hardening().capDrop()));
        defaults.put(
                prefix + "noNewPrivileges",
                String.valueOf(spec.containers().hardening().noNewPrivileges()));
        defaults.put(
                prefix + "init", String.valueOf(spec.containers().hardening().init()));
        defaults.put(
                prefix + "readOnlyRootfs",
                String.valueOf(spec.containers().hardening().readOnlyRootfs()));
    }

    private static Stream<GoalParameter> goalParameters() {
        return PluginDescriptor.goals().stream()
                .filter(goal -> !goal.name().equals("help"))
                .flatMap(goal -> goal.parameters().stream());
    }

    private static List<String> fields(Class<?> bean) {
        return Stream.<Class<?>>iterate(bean, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .map(Field::getName)
                .toList();
    }
}
