package io.github.claudefleet.bench;

import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.IntegrationResult;
import io.github.claudefleet.workspace.WorkspaceLayout;
import io.github.claudefleet.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures the creation of four workspaces of a large repository, for each strategy, against four calls of
 * {@code git worktree add} in the same round. Also measures the integration of their changes, against four calls of
 * {@code git status}.
 */
public final class WorkspaceBenchmark {

    private static final int FILES = Integer.getInteger("bench.files", 20_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int AGENTS = 4;
    private static final List<WorkspaceStrategy> OWN =
            List.of(WorkspaceStrategy.WORKTREE, WorkspaceStrategy.CLONE, WorkspaceStrategy.COPY);

    private static final String FILE = "src/p0/File0.java";
    private static final String ADD = "git worktree add";
    private static final String STATUS = "git status";
    private static final String UNCHANGED = ", brought home: no change";
    private static final String EDITED = ", brought home: one file changed";
    private static final int WARMING = -1;

    private final Path directory;
    private final Path repository;
    private final Map<String, Samples> all = new HashMap<>();
    private final Workspaces workspaces = new Workspaces((file, user) -> {});

    private WorkspaceBenchmark(Path directory) {
        this.directory = directory;
        this.repository = directory.resolve("repository");
    }

    /** @param arguments directory to write to */
    public static void main(String... arguments) throws Exception {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(Path.of(arguments[0]).toAbsolutePath()), "workspaces");
        WorkspaceBenchmark benchmark = new WorkspaceBenchmark(directory);
        try {
            benchmark.makeTheRepository();
            benchmark.measure();
        } finally {
            run(directory, "rm", "-rf", directory.toString());
        }
    }

    private void makeTheRepository() throws IOException, InterruptedException {
        String text = "a line of some file, as there are many\n".repeat(50);
        for (int i = 0; i < FILES; i++) {
            Path file = repository.resolve("src/p" + i / 100 + "/File" + i + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "class File" + i + " {}\n" + text);
        }
        run(repository, "git", "init", "--quiet");
        run(repository, "git", "config", "gc.auto", "0");
        run(repository, "git", "add", "--all");
        run(
                repository,
                "git",
                "-c",
                "user.name=Pat",
                "-c",
                "user.email=pat@example.org",
                "commit",
                "--quiet",
                "-m",
                "First");
        run(repository, "git", "gc", "--quiet");
    }

    private void measure() throws Exception {
        // The first measurement warms the machine's caches for all others.
        addWorktrees(WARMING);
        for (int round = 0; round < ROUNDS; round++) {
            int now = round;
            List<Samples.Task> steps = new ArrayList<>(List.of(() -> measureGit(now)));
            OWN.forEach(strategy -> steps.add(() -> measure(strategy, now)));
            // The order rotates, so that no step always follows the same other step.
            Collections.rotate(steps, round);
            for (Samples.Task step : steps) {
                step.run();
            }
        }
        tell(ADD, ADD);
        OWN.forEach(strategy -> tell(strategy.value(), ADD));
        tell(STATUS, STATUS);
        OWN.forEach(strategy -> tell(strategy.value() + UNCHANGED, STATUS));
        OWN.forEach(strategy -> tell(strategy.value() + EDITED, STATUS));
    }

    private void measureGit(int round) throws Exception {
        samples(ADD).time(() -> addWorktrees(round));
        for (int i = 1; i <= AGENTS; i++) {
            Files.writeString(Path.of(tree(round, i)).resolve(FILE), "class File0 { /* plain */ }\n");
        }
        samples(STATUS).time(() -> {
            for (int i = 1; i <= AGENTS; i++) {
                run(Path.of(tree(round, i)), "git", "status", "--short", "--untracked-files=all");
            }
        });
    }

    private void measure(WorkspaceStrategy strategy, int round) throws Exception {
        FleetSpec fleet = fleet(strategy, round);
        samples(strategy.value()).time(() -> fleet.agents().forEach(agent -> workspaces.make(fleet, agent)));
        List<WorkspaceLayout> layouts = fleet.agents().stream()
                .map(agent -> new WorkspaceLayout(agent.workspace().place().orElseThrow()))
                .toList();
        samples(strategy.value() + UNCHANGED).time(() -> integrateChanges(layouts, 0));
        for (WorkspaceLayout layout : layouts) {
            Files.writeString(layout.tree().resolve(FILE), "class File0 { /* " + layout.agent() + " */ }\n");
        }
        samples(strategy.value() + EDITED).time(() -> integrateChanges(layouts, 1));
    }

    private Samples samples(String what) {
        return all.computeIfAbsent(what, key -> new Samples());
    }

    /** Integrates the changes and checks their number of files. */
    private void integrateChanges(List<WorkspaceLayout> layouts, int files) throws IOException {
        List<IntegrationResult> integrated = Workspaces.integrateChanges(layouts, directory.resolve("results"));
        if (integrated.size() != AGENTS
                || integrated.stream().anyMatch(one -> one.changes().files() != files)) {
            throw new IOException("not what was changed: " + integrated);
        }
    }

    /**
     * Adds worktrees, which are only removed at the end: on ext4, creating files right after a removal takes much
     * longer.
     */
    private void addWorktrees(int round) throws IOException, InterruptedException {
        for (int i = 1; i <= AGENTS; i++) {
            run(repository, "git", "worktree", "add", "--quiet", "-b", "plain-" + round + "-" + i, tree(round, i));
        }
    }

    private String tree(int round, int number) {
        return directory.resolve("plain-" + round + "-" + number).toString();
    }

    private FleetSpec fleet(WorkspaceStrategy strategy, int round) {
        Path root = directory.resolve("workspaces-" + round + "-" + strategy.value());
        WorkspaceOrigin origin =
                new WorkspaceOrigin(repository, strategy, Optional.empty(), false, IntegrationSpec.DEFAULT, root);
        FleetBuilder fleet = Shop.fleet();
        for (int i = 1; i <= AGENTS; i++) {
            fleet.agent(Shop.agent("agent-" + i).workspace(origin));
        }
        return Workspaces.resolve(fleet.toSpec());
    }

    private void tell(String what, String than) {
        Samples seconds = samples(what);
        Samples ratio = seconds.over(samples(than));
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f (%.2f – %.2f) | %.2f (%.2f – %.2f) |%n",
                what,
                seconds.median(),
                seconds.lowest(),
                seconds.highest(),
                ratio.median(),
                ratio.lowest(),
                ratio.highest());
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
