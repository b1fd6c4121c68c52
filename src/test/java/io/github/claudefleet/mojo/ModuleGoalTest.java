package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecution.Source;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unit tests; src/it/multi-module and src/it/reactor are real builds. */
class ModuleGoalTest {

    private static final String[] AROUND = {"start", "await", "stop", "verify"};

    @TempDir
    private Path shop;

    private final List<String> done = new ArrayList<>();
    private final List<MavenProject> projects = new ArrayList<>();
    private MavenSession session;
    private boolean work;
    private Exception failure;

    @Test
    void aFleetForTestsIsUpFromTheFirstModuleWithTestsToTheLastModule() throws Exception {
        SampleModule root = module("root").root().pom("api", "one", "two").declaring(AROUND);
        build(
                root,
                module("api").under(root),
                tested("one", root),
                module("two").under(root));

        lifecycleOfAll();

        assertThat(done).containsExactly("start in one", "await in one", "verify in one", "stop in two");
    }

    @Test
    void workIsDoneAtOnceAndOnce() throws Exception {
        work = true;
        SampleModule root = module("root").root().pom("one", "two").declaring(AROUND);
        build(root, tested("one", root), tested("two", root));

        lifecycleOfAll();

        assertThat(done).containsExactly("start in root", "await in root", "verify in root", "stop in two");
    }

    @Test
    void partOfAReactorHasTheFleetAsTheWholeHasIt() throws Exception {
        SampleModule root = module("root").root().pom("one", "two").declaring(AROUND);
        build(tested("two", root));

        lifecycleOfAll();

        assertThat(done).containsExactly("start in two", "await in two", "stop in two", "verify in two");
    }

    @Test
    void aFleetThatNoModuleSeemsToUseIsUpAllTheSameAroundTheLast() throws Exception {
        SampleModule root = module("root").root().pom("one").declaring(AROUND);
        build(root, module("one").under(root));

        lifecycleOfAll();

        assertThat(done).containsExactly("start in one", "await in one", "stop in one", "verify in one");
    }

    @Test
    void aRootThatIsBuiltWithoutItsModulesHasNoneButForWork() throws Exception {
        SampleModule root = module("root").root().pom("one").declaring(AROUND);
        build(root);

        lifecycleOfAll();
        assertThat(done).isEmpty();

        work = true;
        build(root);
        lifecycleOfAll();
        assertThat(done).contains("start in root", "await in root", "verify in root");
    }

    @Test
    void executionsThatStartAFleetEachAreToldApart() throws Exception {
        SampleModule root = module("root").root().pom("one").declaring(AROUND);
        root.with(
                SampleModule.ours(),
                SampleModule.configured(SampleModule.execution("review", null, AROUND), "workers", "1"));
        build(root, tested("one", root));

        work = true;
        call("root", "review", "start");
        work = false;
        call("root", "start", false);
        for (String goal : List.of("await", "stop", "verify")) {
            call("root", "review", goal);
            call("root", goal, false);
        }

        assertThat(done).containsExactly("start in root", "await in root", "verify in root");
    }

    @Test
    void modulesThatSkipItAreCountedAndDoNothing() throws Exception {
        SampleModule root = module("root").root().pom("one", "two").declaring("start", "stop");
        build(root, tested("one", root), tested("two", root));

        call("root", "start", false);
        call("root", "stop", false);
        call("one", "start", false);
        call("one", "stop", false);
        call("two", "start", true);
        call("two", "stop", true);

        assertThat(done).containsExactly("start in one", "stop in two");
    }

    @Test
    void whereAllSkipItThereIsNone() throws Exception {
        SampleModule root = module("root").root().pom("one").declaring("start", "stop");
        build(root, tested("one", root));

        for (String module : List.of("root", "one")) {
            call(module, "start", true);
            call(module, "stop", true);
        }

        assertThat(done).isEmpty();
    }

    @Test
    void whatFailedOnceCostsNothingAgain() {
        SampleModule root = module("root").root().pom("one", "two").declaring("start");
        SampleModule one = tested("one", root);
        SampleModule two = tested("two", root);
        build(root, one, two);
        failure = new MojoFailureException("no login");

        assertThatThrownBy(() -> call("one", "start", false))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("no login");
        assertThatThrownBy(() -> call("two", "start", false))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("As in module one: no login");
        assertThat(done).containsExactly("start in one");
    }

    @Test
    void twoPhasesOnTheCommandLineGoThroughOneFleet() throws Exception {
        SampleModule root = module("root").root().pom("one").declaring("start", "stop");
        build(tested("one", root));
        session.getRequest().setGoals(List.of("verify", "install"));
        MojoExecution start = execution("start", Source.LIFECYCLE);
        MojoExecution stop = execution("stop", Source.LIFECYCLE);

        for (MojoExecution one : List.of(start, stop, start, stop)) {
            call(projects.get(0), one, false, start, stop, start, stop);
        }

        assertThat(done).containsExactly("start in one", "stop in one");
    }

    @Test
    void aStopAtTheCommandLineIsDoneWhereMavenComesToIt() throws Exception {
        SampleModule root = module("root").root().pom("one").declaring();
        build(root, tested("one", root));

        for (MavenProject module : List.copyOf(projects)) {
            call(module, execution("start", Source.CLI), false);
        }
        call(projects.get(0), execution("stop", Source.CLI), false);

        assertThat(done).containsExactly("start in root", "stop in root");
    }

    @Test
    void theCommandLineLooksAsOftenAsItSays() throws Exception {
        SampleModule root = module("root").root().pom("one").declaring();
        build(root, tested("one", root));

        for (MavenProject module : List.copyOf(projects)) {
            call(module, execution("status", Source.CLI), false);
            call(module, execution("stop", Source.CLI), false);
            call(module, execution("status", Source.CLI), false);
        }

        assertThat(done).containsExactly("status in root", "stop in root", "status in root");
    }

    @Test
    void aGuestThatIsBuiltBeforeTheFleetStartsIsRefused() {
        SampleModule agents = module("agents").declaring("start", "stop");
        build(looking("tests"), agents);

        assertThatThrownBy(() -> call("agents", "start", false))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("of agents are used by module tests")
                .hasMessageContaining("builds before agents");
        assertThat(done).isEmpty();
    }

    @Test
    void aGuestThatComesLaterHasTheFleetStartInTime() throws Exception {
        SampleModule root = module("root").root().pom("one").declaring("start", "stop");
        build(root, looking("one"));

        call("root", "start", false);

        assertThat(done).containsExactly("start in root");
    }

    private void lifecycleOfAll() throws Exception {
        for (MavenProject module : List.copyOf(projects)) {
            for (String goal : AROUND) {
                call(module, execution(goal, Source.LIFECYCLE), false);
            }
        }
    }

    private void build(SampleModule... modules) {
        projects.clear();
        Stream.of(modules).map(SampleModule::project).forEach(projects::add);
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setGoals(List.of("verify"));
        session = session(request);
    }

    @SuppressWarnings("deprecation")
    private MavenSession session(DefaultMavenExecutionRequest request) {
        return new MavenSession(null, request, new DefaultMavenExecutionResult(), projects);
    }

    private void call(String module, String goal, boolean skipped) throws Exception {
        call(project(module), execution(goal, Source.LIFECYCLE), skipped);
    }

    private void call(String module, String id, String goal) throws Exception {
        call(project(module), execution(goal, id, Source.LIFECYCLE), false);
    }

    private MavenProject project(String module) {
        return projects.stream()
                .filter(one -> one.getArtifactId().equals(module))
                .findFirst()
                .orElseThrow();
    }

    private void call(MavenProject project, MojoExecution execution, boolean skipped, MojoExecution... plan)
            throws Exception {
        Reactor reactor = new Reactor(projects, projects, SampleModule.KEY);
        ExpectedCalls calls =
                new ExpectedCalls(reactor, session, project, execution, LifetimeResolverTest.planning(plan));
        MavenProject fleetProject = reactor.fleetProject(project).orElseThrow();
        new ModuleGoal(
                        session,
                        execution,
                        calls,
                        fleetProject,
                        new SystemStreamLog(),
                        in -> recording(project, execution))
                .execute(skipped);
    }

    private ModuleGoal.Configured recording(MavenProject project, MojoExecution execution) {
        return new ModuleGoal.Configured() {
            @Override
            public boolean hasWork() {
                return work;
            }

            @Override
            public void perform() throws MojoExecutionException, MojoFailureException {
                done.add(execution.getGoal() + " in " + project.getArtifactId());
                if (failure instanceof MojoFailureException e) {
                    throw e;
                }
            }
        };
    }

    private static MojoExecution execution(String goal, Source source) {
        return execution(goal, source == Source.CLI ? "default-cli" : "default", source);
    }

    private static MojoExecution execution(String goal, String id, Source source) {
        return new MojoExecution(SampleModule.ours(), goal, id) {
            @Override
            public Source getSource() {
                return source;
            }
        };
    }

    private SampleModule module(String name) {
        return SampleModule.in(shop.resolve(name));
    }

    private SampleModule looking(String name) {
        return module(name)
                .with(
                        SampleModule.mavens("maven-antrun-plugin"),
                        SampleModule.configured(
                                SampleModule.execution("look", "verify", "run"), "target", "${claude-fleet.a.state}"));
    }

    private SampleModule tested(String name, SampleModule parent) {
        try {
            Files.createDirectories(shop.resolve(name).resolve("src/test/java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return module(name)
                .under(parent)
                .with(
                        SampleModule.mavens("maven-failsafe-plugin"),
                        SampleModule.execution("default", null, "integration-test", "verify"));
    }
}
