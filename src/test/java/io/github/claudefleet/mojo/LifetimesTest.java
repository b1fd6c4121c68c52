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

/** On real builds: src/it/build-ends-with-its-fleet. */
class LifetimesTest {

    private static final Plugin OURS = plugin("io.github.claudefleet", "claude-fleet-maven-plugin");
    private static final Plugin ANOTHER = plugin("org.example", "server-maven-plugin");

    private static final DefaultLifecycles LIFECYCLES = new DefaultLifecycles(
            Stream.of("clean", "default", "site")
                    .collect(Collectors.toMap(id -> id, id -> new Lifecycle(id, List.of(), Map.of()))),
            new ConsoleLogger());

    @Test
    void a_start_alone_at_the_command_line_makes_one_that_stays() {
        assertThat(told(Source.CLI, pomBinding(), List.of("claude-fleet:start"), goal(OURS, "start")))
                .isEqualTo(Lifetime.DETACHED);
    }

    @Test
    void it_stays_though_the_pom_binds_a_stop_that_the_build_never_comes_to() {
        assertThat(told(Source.CLI, pomBinding("start", "stop"), List.of("claude-fleet:start"), goal(OURS, "start")))
                .isEqualTo(Lifetime.DETACHED);
    }

    @Test
    void a_start_whose_stop_is_on_the_same_command_line_ends_with_it() {
        List<String> goals = List.of("claude-fleet:start", "claude-fleet:stop");

        assertThat(told(Source.CLI, pomBinding(), goals, goal(OURS, "start"), goal(OURS, "stop")))
                .isEqualTo(Lifetime.BUILD);
    }

    @Test
    void a_start_that_is_bound_beside_a_stop_ends_with_the_build_also_where_that_is_cut_short() {
        assertThat(told(
                        Source.LIFECYCLE,
                        pomBinding("start", "stop"),
                        List.of("integration-test"),
                        goal(OURS, "start")))
                .isEqualTo(Lifetime.BUILD);
    }

    @Test
    void a_start_that_is_bound_without_a_stop_stays() {
        assertThat(told(Source.LIFECYCLE, pomBinding("start"), List.of("verify"), goal(OURS, "start")))
                .isEqualTo(Lifetime.DETACHED);
    }

    @Test
    void another_plugins_stop_is_none() {
        assertThat(told(Source.CLI, pomBinding(), List.of("verify"), goal(OURS, "start"), goal(ANOTHER, "stop")))
                .isEqualTo(Lifetime.DETACHED);
    }

    @Test
    void where_maven_has_no_plan_what_was_asked_for_by_name_counts() {
        List<String> both = List.of("claude-fleet:start", "claude-fleet:stop");

        assertThat(told(Source.CLI, pomBinding(), both)).isEqualTo(Lifetime.BUILD);
        assertThat(told(Source.CLI, pomBinding(), List.of("claude-fleet:start")))
                .isEqualTo(Lifetime.DETACHED);
    }

    /** @param plan what Maven is going to do; none if it can't tell */
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
        return new Lifetimes(new MavenSession(null, request, null, List.of(project)), project, start, planning(plan))
                .told();
    }

    static LifecycleExecutor planning(MojoExecution... plan) {
        return (LifecycleExecutor) Proxy.newProxyInstance(
                LifetimesTest.class.getClassLoader(),
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
