package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Façade for the workspaces of a fleet's agents. */
public final class Workspaces {

    private final Ownership ownership;

    /** @param ownership changes the owner of files to the container user */
    public Workspaces(Ownership ownership) {
        this.ownership = ownership;
    }

    /** Changes the owner of a file or directory tree to a user, where that is needed. */
    @FunctionalInterface
    public interface Ownership {
        void give(Path file, ContainerUser user);
    }

    /**
     * Adds to each agent what its container sees of its workspace. Creates nothing.
     *
     * @return the resolved fleet
     * @throws InvalidSpecException if a workspace can't be created from its source
     */
    public static FleetSpec resolve(FleetSpec spec) {
        WorkspaceResolver resolver = new WorkspaceResolver(spec.name());
        return spec.withAgents(spec.agents().stream()
                .map(agent ->
                        DirectGitEnvironment.of(agent.withWorkspace(LoginMask.over(resolver.of(agent), spec.login()))))
                .toList());
    }

    /**
     * Creates the workspace of an agent that is about to be created. Changes in its last workspace go to its branch, or
     * are set aside.
     *
     * @param spec resolved fleet
     * @return the replaced workspace, if it had changes
     * @throws GitException if git fails, or the last workspace has no readable record and was set aside
     */
    public Optional<RetiredWorkspace> make(FleetSpec spec, AgentSpec agent) {
        WorkspaceOrigin origin = agent.workspace().origin();
        WorkspaceLayout place = WorkspaceLayout.of(spec.name(), agent);
        if (origin.strategy() == WorkspaceStrategy.BIND) {
            FileBaseline.remember(place, origin.directory());
        }
        if (origin.strategy() == WorkspaceStrategy.NONE) {
            return Optional.empty();
        }
        if (!origin.strategy().isOwn()) {
            direct(agent, place).prepare();
            return Optional.empty();
        }
        return WorkspaceLock.holding(place, () -> remake(spec, agent, place));
    }

    private Optional<RetiredWorkspace> remake(FleetSpec spec, AgentSpec agent, WorkspaceLayout place) {
        WorkspaceOrigin origin = agent.workspace().origin();
        Optional<Repository> around = Repository.around(origin.directory());
        WorkspaceRemover.mend(place);
        Optional<RetiredWorkspace> before = RetiredWorkspace.retire(place, around);
        WorkspaceSource source = WorkspaceSource.of(spec, origin, around, place);
        AgentWorkspace next = new AgentWorkspace(
                source.repository(),
                place,
                origin.strategy(),
                RefNames.BRANCHES + spec.name() + "/" + agent.name(),
                source.base(),
                origin.home(),
                AgentWorkspace.newRun());
        AgentWorkspace made = new WorkspaceCreator(next).make();
        WorkspaceRemover.cleanMerged(made);
        made.lent().forEach(file -> ownership.give(file, spec.user()));
        return before.filter(retired -> !retired.changes().isForNothing());
    }

    private static DirectMounts direct(AgentSpec agent, WorkspaceLayout place) {
        boolean readOnly = agent.workspace().strategy() == WorkspaceStrategy.READONLY;
        return new DirectMounts(agent.workspace().directory(), readOnly, place);
    }

    /**
     * Describes git's limitations in directories that agents see directly, each once.
     *
     * @param spec resolved fleet
     */
    public static List<String> limits(FleetSpec spec) {
        return spec.agents().stream()
                .filter(agent -> !agent.workspace().strategy().isOwn())
                .filter(agent -> agent.workspace().strategy() != WorkspaceStrategy.NONE)
                .flatMap(agent -> direct(agent, WorkspaceLayout.of(spec.name(), agent)).limit().stream())
                .distinct()
                .toList();
    }

    /**
     * Integrates the current changes of agents with their own workspaces, by the policy of each. Merges into what is
     * checked out are done one after the other, until one fails. Any other failure affects only its own agent.
     *
     * @param places locations of the workspaces; those without a workspace are skipped
     * @param directory directory for patches and diffstats
     * @param refresh fetches the agents' newest files
     */
    public static List<IntegrationResult> integrateChanges(
            List<WorkspaceLayout> places, Path directory, WorkspaceRefresh refresh) {
        ChangeIntegrator integrator = new ChangeIntegrator(directory, refresh);
        return places.stream()
                .flatMap(place -> WorkspaceRecord.workspaceIn(place).stream())
                .map(integrator::integrate)
                .toList();
    }

    /** Integrates the changes of agents whose files are on this machine. */
    public static List<IntegrationResult> integrateChanges(List<WorkspaceLayout> places, Path directory) {
        return integrateChanges(places, directory, WorkspaceRefresh.NONE);
    }

    /**
     * Records the choice among several candidates. Changes of those that are not chosen are not merged or pushed; nor
     * are they before this.
     *
     * @param candidates locations of the candidates' workspaces; those without a workspace are skipped
     * @param chosen locations of those that are chosen
     */
    public static void choose(List<WorkspaceLayout> candidates, Set<WorkspaceLayout> chosen) {
        // The others first, so that there are never two.
        candidates.stream().filter(one -> !chosen.contains(one)).forEach(one -> WorkspaceRecord.choose(one, false));
        chosen.forEach(one -> WorkspaceRecord.choose(one, true));
    }

    /** Removes workspaces without changes. */
    public static void tidy(List<IntegrationResult> homes) {
        homes.stream()
                .filter(home -> home.outcome() == IntegrationResult.Outcome.NOTHING
                        && home.changes().isForNothing())
                .forEach(home -> WorkspaceLock.holding(
                        home.workspace().place(),
                        () -> new WorkspaceRemover(home.workspace().place()).clean(home.workspace(), false)));
    }

    /**
     * Returns files that run something on the host and that agents have changed in directories they write directly.
     *
     * @return files, each once; they are reported only once
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
