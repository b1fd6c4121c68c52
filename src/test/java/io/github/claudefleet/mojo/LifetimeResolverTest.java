package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.Lifetime;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.DefaultLifecycles;
import org.apache.maven.lifecycle.Lifecycle;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.lifecycle.MavenExecutionPlan;
import org.apache.maven.lifecycle.internal.ExecutionPlanItem;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecution.Source;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.logging.console.ConsoleLogger;
import org.junit.jupiter.api.Test;

/** Unit tests; src/it/build-ends-with-its-fleet is a real build. */
class LifetimeResolverTest {

    private static final Plugin OURS = plugin("io.github.claudefleet", "claude-fleet-maven-plugin");
    private static final Plugin ANOTHER = plugin("org.example", "server-maven-plugin");

    private static final DefaultLifecycles LIFECYCLES = new DefaultLifecycles(
            Stream.of("clean", "default", "site")
                    .collect(Collectors.toMap(id -> id, id -> new Lifecycle(id, List.of(), Map.of()))),
            new ConsoleLogger());

    @Test
    void aStartAloneAtTheCommandLineMakesOneThatStays() {
        assertThat(told(Source.CLI, pomBinding(), List.of("claude-fleet:start"), goal(OURS, "start")))
                .isEqualTo(Lifetime.DETACHED);
    }

    @Test
    void itStaysThoughThePomBindsAStopThatTheBuildNeverComesTo() {
        assertThat(told(Source.CLI, pomBinding("start", "stop"), List.of("claude-fleet:start"), goal(OURS, "start")))
                .isEqualTo(Lifetime.DETACHED);
    }

    @Test
    void aStartWhoseStopIsOnTheSameCommandLineEndsWithIt() {
        List<String> goals = List.of("claude-fleet:start", "claude-fleet:stop");

        assertThat(told(Source.CLI, pomBinding(), goals, goal(OURS, "start"), goal(OURS, "stop")))
                .isEqualTo(Lifetime.BUILD);
    }

    @Test
    void aStartThatIsBoundBesideAStopEndsWithTheBuildAlsoWhereThatIsCutShort() {
        assertThat(told(
                        Source.LIFECYCLE,
                        pomBinding("start", "stop"),
                        List.of("integration-test"),
                        goal(OURS, "start")))
                .isEqualTo(Lifetime.BUILD);
    }

    @Test
    void aStartThatIsBoundWithoutAStopStays() {
        assertThat(told(Source.LIFECYCLE, pomBinding("start"), List.of("verify"), goal(OURS, "start")))
                .isEqualTo(Lifetime.DETACHED);
    }

    @Test
    void aStopWhosePhaseIsNoneStopsNothing() {
        MavenProject pom = pomBinding("start", "stop");
        pom.getBuildPlugins().get(0).getExecutions().get(1).setPhase("none");

        assertThat(told(Source.LIFECYCLE, pom, List.of("verify"), goal(OURS, "start")))
                .isEqualTo(Lifetime.DETACHED);
    }

    @Test
    void anotherPluginsStopIsNone() {
        assertThat(told(Source.CLI, pomBinding(), List.of("verify"), goal(OURS, "start"), goal(ANOTHER, "stop")))
                .isEqualTo(Lifetime.DETACHED);
    }

    @Test
    void whereMavenHasNoPlanWhatWasAskedForByNameCounts() {
        List<String> both = List.of("claude-fleet:start", "claude-fleet:stop");

        assertThat(told(Source.CLI, pomBinding(), both)).isEqualTo(Lifetime.BUILD);
        assertThat(told(Source.CLI, pomBinding(), List.of("claude-fleet:start")))
                .isEqualTo(Lifetime.DETACHED);
    }

    /** @param plan Maven's execution plan; empty if it cannot be calculated */
    @SuppressWarnings("deprecation")
    private static Lifetime told(Source source, MavenProject project, List<String> goals, MojoExecution... plan) {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setGoals(goals);
        MojoExecution start = new MojoExecution(OURS, "start", "default") {
            @Override
            public Source getSource() {
                return source;
            }
        };
        return new LifetimeResolver(
                        new MavenSession(null, request, null, List.of(project)), project, start, planning(plan))
                .told();
    }

    static LifecycleExecutor planning(MojoExecution... plan) {
        return (LifecycleExecutor) Proxy.newProxyInstance(
                LifetimeResolverTest.class.getClassLoader(),
                new Class<?>[] {LifecycleExecutor.class},
                (proxy, method, arguments) -> {
                    if (plan.length == 0) {
                        throw new IllegalStateException("no plan");
                    }
                    return new MavenExecutionPlan(
                            Stream.of(plan).map(ExecutionPlanItem::new).toList(), LIFECYCLES);
                });
    }

    private static MojoExecution goal(Plugin plugin, String goal) {
        return new MojoExecution(plugin, goal, "default");
    }

    private static MavenProject pomBinding(String... goals) {
        Plugin plugin = OURS.clone();
        Stream.of(goals).forEach(goal -> {
            PluginExecution execution = new PluginExecution();
            execution.setId(goal);
            execution.addGoal(goal);
            plugin.addExecution(execution);
        });
        Build build = new Build();
        build.addPlugin(plugin);
        Model model = new Model();
        model.setBuild(build);
        return new MavenProject(model);
    }

    private static Plugin plugin(String group, String artifact) {
        Plugin plugin = new Plugin();
        plugin.setGroupId(group);
        plugin.setArtifactId(artifact);
        plugin.setVersion("1");
        return plugin;
    }
}
