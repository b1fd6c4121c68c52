package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.FleetChanges;
import io.github.claudefleet.workspace.IntegrationResult;
import io.github.claudefleet.workspace.WorkspaceLayout;
import io.github.claudefleet.workspace.Workspaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fleet of one agent whose workspace is driven as by the goals, without containers. Only this class here uses the
 * workspaces' façades.
 */
final class WorkspaceDriver {

    static final String FLEET = "shop";
    static final String AGENT = "tester";

    private final Path project;
    private final Path root;
    private final WorkspaceStrategy strategy;
    private final MergePolicy merge;
    private final Path results;
    private Optional<AgentSpec> agent = Optional.empty();

    WorkspaceDriver(Path project, Path root, WorkspaceStrategy strategy, MergePolicy merge, Path results) {
        this.project = project;
        this.root = root;
        this.strategy = strategy;
        this.merge = merge;
        this.results = results;
    }

    /** Integrated changes of one agent. */
    record Result(IntegrationResult integration) {

        boolean isNothing() {
            return integration.changes().isNothing();
        }

        int files() {
            return integration.changes().files();
        }

        String base() {
            return integration.changes().base();
        }

        /** Outcome of the integration. */
        IntegrationResult.Outcome outcome() {
            return integration.outcome();
        }

        String branch() {
            return integration.changes().branch();
        }

        Path patch(Path results) {
            return results.resolve(AGENT).resolve("changes.patch");
        }

        @Override
        public String toString() {
            return integration.outcome() + " " + integration.reason() + " " + integration.changes();
        }
    }

    /** Does the workspace part of {@code start}. */
    void start() {
        FleetSpec resolved = resolved();
        agent = Optional.of(resolved.agents().get(0));
        new Workspaces((file, user) -> {}).make(resolved, agent.get());
    }

    private FleetSpec resolved() {
        WorkspaceOrigin origin = new WorkspaceOrigin(
                project,
                strategy,
                Optional.empty(),
                false,
                new IntegrationSpec(merge, true, "origin", Optional.empty()),
                root);
        return Workspaces.resolve(Shop.fleet(AGENT, origin));
    }

    AgentSpec agent() {
        return agent.orElseGet(() -> resolved().agents().get(0));
    }

    /** Checks that {@code start} reports limits of git. */
    boolean isLimited() {
        return !Workspaces.limits(resolved()).isEmpty();
    }

    AgentShell shell(Path empty) {
        Workspace workspace = agent().workspace();
        return new AgentShell(empty, workspace.mounts(), workspace.workingDirectory(), agent().environment());
    }

    private List<WorkspaceLayout> layouts() {
        return agent().workspace().place().map(WorkspaceLayout::new).stream().toList();
    }

    /** Directory of the agent's files on this machine. */
    Optional<Path> tree() {
        return layouts().stream().map(WorkspaceLayout::tree).findFirst();
    }

    /** Does the workspace part of {@code await}. */
    Optional<Result> await() {
        return Workspaces.integrateChanges(layouts(), results).stream()
                .map(Result::new)
                .findFirst();
    }

    /** Does the workspace part of {@code stop}. */
    Optional<Result> stop() {
        List<IntegrationResult> integrated = Workspaces.integrateChanges(layouts(), results);
        Workspaces.changedTraps(layouts());
        Workspaces.tidy(integrated);
        return integrated.stream().map(Result::new).findFirst();
    }

    /** Does what {@code diff} does. */
    void diff() {
        work().of(List.of());
    }

    /** Does what {@code clean} does. */
    void clean(boolean discard) {
        for (FleetChanges.Work one : work().of(List.of())) {
            FleetChanges.clean(one, discard);
        }
    }

    private FleetChanges work() {
        return new FleetChanges(Shop.fleet(AGENT).toSpec().name(), project, root);
    }

    /** Command line for {@link #main}, with its class path: workspaces need only the JDK. */
    List<String> command(String verb, String... options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(), WorkspaceDriver.class.getName()));
        command.addAll(arguments(verb));
        return command;
    }

    static String classPath() {
        return place(WorkspaceDriver.class) + ":" + place(Workspaces.class);
    }

    List<String> arguments(String verb) {
        return List.of(verb, project.toString(), root.toString(), strategy.value(), results.toString());
    }

    private static String place(Class<?> of) {
        return of.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    /** Runs one goal in a separate JVM, and prints its result: VERB PROJECT ROOT STRATEGY RESULTS. */
    public static void main(String[] arguments) {
        WorkspaceDriver driver = new WorkspaceDriver(
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                WorkspaceStrategy.of(arguments[3]),
                MergePolicy.BRANCH,
                Path.of(arguments[4]));
        switch (arguments[0]) {
            case "start" -> driver.start();
            case "await" -> driver.await().ifPresent(System.out::println);
            case "stop" -> driver.stop().ifPresent(System.out::println);
            case "clean" -> driver.clean(true);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }
}
