package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The workspaces of a fleet's agents that have one of their own. */
public final class Workspaces {

    private final Ownership ownership;

    /** @param ownership how files become the containers' user's */
    public Workspaces(Ownership ownership) {
        this.ownership = ownership;
    }

    /** Gives a file, or a directory with all that is in it, to a user; where that is needed. */
    @FunctionalInterface
    public interface Ownership {
        void give(Path file, ContainerUser user);
    }

    /**
     * The same fleet, with what each agent's container sees of its workspace. Makes nothing.
     *
     * @throws InvalidSpecException if a workspace can't be made of what it is to be made of
     */
    public static FleetSpec resolve(FleetSpec spec) {
        WorkspaceResolver resolver = new WorkspaceResolver(spec.name());
        return spec.withAgents(spec.agents().stream()
                .map(agent -> DirectGitEnvironment.of(agent.withWorkspace(resolver.of(agent))))
                .toList());
    }

    /** What came of an agent's last workspace, which had to make room for a new one. */
    public record Retired(AgentName agent, Changes changes, String where) {}

    /**
     * Makes what is missing for an agent that is about to be made. What its last workspace had is on its branch then, or beside
     * its place.
     *
     * @param spec settled
     * @return what had to make room, where something was in it
     * @throws GitException if git can't
     */
    public Optional<Retired> make(FleetSpec spec, AgentSpec agent) {
        WorkspaceOrigin origin = agent.workspace().origin();
        WorkspaceLayout place = place(spec.name(), agent);
        if (origin.strategy() == WorkspaceStrategy.BIND) {
            FileBaseline.remember(place, origin.directory());
        }
        if (!origin.strategy().isOwn()) {
            direct(agent, place).prepare();
            return Optional.empty();
        }
        return WorkspaceLock.holding(place, () -> remake(spec, agent, place));
    }

    private Optional<Retired> remake(FleetSpec spec, AgentSpec agent, WorkspaceLayout place) {
        WorkspaceOrigin origin = agent.workspace().origin();
        Optional<Repository> around = Repository.around(origin.directory());
        WorkspaceRemover.mend(place);
        Optional<Retired> before = retire(place, around);
        Repository repository = around.orElseGet(() -> plain(origin, place));
        AgentWorkspace next = new AgentWorkspace(
                repository,
                place,
                origin.strategy(),
                AgentWorkspace.BRANCHES + spec.name() + "/" + agent.name(),
                base(repository, origin, notForAgents(spec, origin)),
                origin.home(),
                AgentWorkspace.newRun());
        AgentWorkspace made = next.make();
        WorkspaceRemover.cleanMerged(made);
        made.lent().forEach(file -> ownership.give(file, spec.user()));
        return before.filter(retired -> !isForNothing(retired.changes()));
    }

    private static Optional<Retired> retire(WorkspaceLayout place, Optional<Repository> around) {
        Optional<AgentWorkspace> last = AgentWorkspace.in(place);
        if (last.isEmpty()) {
            return retireUnknown(place);
        }
        AgentWorkspace found = last.get();
        AgentWorkspace known = around.isPresent() && !found.isAttached() ? found.of(around.get()) : found;
        return Optional.of(known.isAttached() ? retire(known) : setAside(found));
    }

    /** Files without a record that can be read are somebody's all the same. */
    private static Optional<Retired> retireUnknown(WorkspaceLayout place) {
        if (!Files.exists(place.tree()) && !Files.exists(place.agentGit())) {
            return Optional.empty();
        }
        Path aside = new WorkspaceRemover(place).setAside();
        throw new GitException(
                "the workspace " + place.directory() + " has no record that can be read; it was put aside, to " + aside
                        + ". Start again",
                null);
    }

    private static Retired setAside(AgentWorkspace last) {
        Path aside = new WorkspaceRemover(last.place()).setAside();
        String reason =
                "it was of another repository than that in " + last.repository().root()
                        + " by now, or of one that is gone, so that nothing of it could be brought home";
        return new Retired(last.place().agent(), Changes.unknown(last, reason), aside.toString());
    }

    private static DirectMounts direct(AgentSpec agent, WorkspaceLayout place) {
        boolean readOnly = agent.workspace().strategy() == WorkspaceStrategy.READONLY;
        return new DirectMounts(agent.workspace().directory(), readOnly, place);
    }

    /**
     * Sentences about what git can't do in directories that agents see directly, each once.
     *
     * @param spec settled
     */
    public static List<String> limits(FleetSpec spec) {
        return spec.agents().stream()
                .filter(agent -> !agent.workspace().strategy().isOwn())
                .flatMap(agent -> direct(agent, place(spec.name(), agent)).limit().stream())
                .distinct()
                .toList();
    }

    private static Repository plain(WorkspaceOrigin origin, WorkspaceLayout place) {
        try {
            return Repository.plain(origin.directory(), place.quarantine());
        } catch (IOException e) {
            throw new UncheckedIOException(origin.directory() + " can't be copied: " + FileProblem.of(e), e);
        }
    }

    /** What may be within the project and is nobody's but the person's: the login, and what other agents do. */
    private static List<Path> notForAgents(FleetSpec spec, WorkspaceOrigin origin) {
        return spec.login().mode() == LoginMode.LOGIN
                ? List.of(origin.root(), spec.login().directory())
                : List.of(origin.root());
    }

    private static String base(Repository repository, WorkspaceOrigin origin, List<Path> without) {
        if (origin.start().isPresent() || !(origin.uncommitted() || repository.isPlain())) {
            return repository.commit(origin.start().orElse("HEAD"));
        }
        try {
            Path scratch = Files.createTempDirectory("claude-fleet-snapshot-");
            try {
                return repository.snapshot(scratch, without);
            } finally {
                FileTrees.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what is not committed can't be taken along: " + FileProblem.of(e), e);
        }
    }

    private static Retired retire(AgentWorkspace last) {
        WorkspaceRemover remover = new WorkspaceRemover(last.place());
        Changes changes = ChangeCollector.of(last);
        if (isForNothing(changes)) {
            remover.clean(last, false);
            return new Retired(last.place().agent(), changes, "");
        }
        boolean onlyHere = !changes.leftOut().isEmpty() || !last.hasGit() && !ChangeCollector.isTaken(last);
        Optional<Path> aside = remover.remove(last, onlyHere);
        String where = last.hasGit()
                ? "branch " + changes.branch()
                : aside.map(Path::toString).orElse("taken before");
        return new Retired(last.place().agent(), changes, where);
    }

    static WorkspaceLayout place(FleetName fleet, AgentSpec agent) {
        WorkspaceOrigin origin = agent.workspace().origin();
        return WorkspaceLayout.of(origin.root(), origin.directory(), fleet, agent.name());
    }

    /**
     * Brings home what agents with workspaces of their own have done so far, as far as each of them says; where that is into what is
     * checked out, one after the other, up to the first that conflicts. Each is brought home for itself: one's failure is its own.
     *
     * @param places where they are; those with no workspace have nothing
     * @param directory where patches and git's tables of files are written
     */
    public static List<IntegrationResult> integrateChanges(List<WorkspaceLayout> places, Path directory) {
        ChangeIntegrator integrator = new ChangeIntegrator(directory);
        return places.stream()
                .flatMap(place -> AgentWorkspace.in(place).stream())
                .map(integrator::integrate)
                .toList();
    }

    /** Takes workspaces away in which nothing was changed. */
    public static void tidy(List<IntegrationResult> homes) {
        homes.stream()
                .filter(home -> home.outcome() == IntegrationResult.Outcome.NOTHING && isForNothing(home.changes()))
                .forEach(home -> WorkspaceLock.holding(
                        home.workspace().place(),
                        () -> new WorkspaceRemover(home.workspace().place()).clean(home.workspace(), false)));
    }

    private static boolean isForNothing(Changes changes) {
        return changes.isNothing() && changes.warnings().isEmpty();
    }

    /**
     * What in directories that agents wrote directly makes this machine run something, and is another than before they came.
     *
     * @return the files, each once; they are told once
     */
    public static List<Path> changedTraps(List<WorkspaceLayout> places) {
        List<Path> changed = places.stream()
                .flatMap(place -> FileBaseline.since(place).stream())
                .flatMap(difference -> difference.names().stream().map(difference.directory()::resolve))
                .distinct()
                .toList();
        places.forEach(FileBaseline::forget);
        places.forEach(DirectMounts::forget);
        return changed;
    }
}
