package io.github.claudefleet.bench;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Homecoming;
import io.github.claudefleet.spec.SampleAgent;
import io.github.claudefleet.spec.SampleFleet;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.AgentsWork;
import io.github.claudefleet.workspace.Home;
import io.github.claudefleet.workspace.Place;
import io.github.claudefleet.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes to make four workspaces of a large repository, for each strategy, against four times {@code git worktree add}
 * in the same round.
 */
public final class WorkspaceBenchmark {

    private static final int FILES = Integer.getInteger("bench.files", 20_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int AGENTS = 4;
    private static final List<WorkspaceStrategy> OWN =
            List.of(WorkspaceStrategy.WORKTREE, WorkspaceStrategy.CLONE, WorkspaceStrategy.COPY);

    private final Path repository;
    private final Path root;
    private final Workspaces workspaces = new Workspaces((file, user) -> {});

    private WorkspaceBenchmark(Path directory) {
        this.repository = directory.resolve("repository");
        this.root = directory.resolve("workspaces");
    }

    /** @param arguments a directory to write to */
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
        Samples git = new Samples();
        Map<WorkspaceStrategy, Samples> ours = new EnumMap<>(WorkspaceStrategy.class);
        Map<WorkspaceStrategy, Samples> home = new EnumMap<>(WorkspaceStrategy.class);
        for (WorkspaceStrategy strategy : OWN) {
            ours.put(strategy, new Samples());
            home.put(strategy, new Samples());
        }
        // What comes first warms the machine's caches for all others.
        addWorktrees();
        removeWorktrees();
        for (int round = 0; round < ROUNDS; round++) {
            git.time(this::addWorktrees);
            removeWorktrees();
            for (WorkspaceStrategy strategy : OWN) {
                FleetSpec fleet = fleet(strategy);
                ours.get(strategy).time(() -> fleet.agents().forEach(agent -> workspaces.make(fleet, agent)));
                home.get(strategy).time(() -> bringHome(fleet));
                new AgentsWork(fleet.name(), repository, root)
                        .of(List.of())
                        .forEach(work -> AgentsWork.clean(work, true));
            }
        }
        tell("git worktree add", git, git);
        ours.forEach((strategy, samples) -> tell(strategy.word(), samples, git));
        home.forEach((strategy, samples) -> tell(strategy.word() + ": brought home", samples, git));
    }

    /** Each has changed the same file; each change has to come home, and nothing else. */
    private void bringHome(FleetSpec fleet) throws IOException {
        List<Place> places = new ArrayList<>();
        for (AgentSpec agent : fleet.agents()) {
            Place place = new Place(agent.workspace().place().orElseThrow());
            Files.writeString(
                    place.tree().resolve("src/p0/File0.java"), "class File0 { /* " + agent.name() + " */ }\n");
            places.add(place);
        }
        List<Home> homes = Workspaces.bringHome(places, root.resolve("results"));
        if (homes.size() != AGENTS
                || homes.stream().anyMatch(one -> one.changes().files() != 1)) {
            throw new IOException("not what was changed: " + homes);
        }
    }

    private void addWorktrees() throws IOException, InterruptedException {
        for (int i = 1; i <= AGENTS; i++) {
            run(repository, "git", "worktree", "add", "--quiet", "-b", "plain-" + i, tree(i));
        }
    }

    private void removeWorktrees() throws IOException, InterruptedException {
        for (int i = 1; i <= AGENTS; i++) {
            run(repository, "git", "worktree", "remove", "--force", tree(i));
            run(repository, "git", "branch", "--quiet", "--delete", "--force", "plain-" + i);
        }
    }

    private String tree(int number) {
        return repository.resolveSibling("plain-" + number).toString();
    }

    private FleetSpec fleet(WorkspaceStrategy strategy) {
        WorkspaceOrigin origin =
                new WorkspaceOrigin(repository, strategy, Optional.empty(), false, Homecoming.DEFAULT, root);
        List<AgentSpec> agents = new ArrayList<>();
        for (int i = 1; i <= AGENTS; i++) {
            agents.add(SampleAgent.named("agent-" + i).spec().withWorkspace(Workspace.of(origin)));
        }
        return Workspaces.settle(SampleFleet.of("agent-1").spec().withAgents(agents));
    }

    private static void tell(String what, Samples seconds, Samples git) {
        Samples ratio = seconds.over(git);
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
                .inheritIO()
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
