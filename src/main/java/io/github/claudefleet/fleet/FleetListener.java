package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.FleetName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;

/** Listener to the start, the results and the end of fleets. */
public interface FleetListener {

    /** Reports the engine in use. */
    default void engine(EngineInfo engine) {}

    /**
     * Reports that a stand-in answers in the service's place.
     *
     * @param scripts directory with the agents' scripts
     * @param agents names of the agents that have one
     */
    default void rehearsal(Path scripts, SortedSet<String> agents) {}

    /** Reports that the stand-in of a rehearsal had died, and answers again. */
    default void standInCameBack() {}

    /** Warns that the stand-in of a rehearsal has died and can't be started again, so that tasks get no answers. */
    default void standInLost(String reason) {}

    /** Reports the operations that a dry run does not execute. */
    default void dryRun(FleetName fleet, Plan plan) {}

    /** Reports that the build uses its project's fleet, which is already running. */
    default void joinsDetached(FleetName fleet) {}

    /** Reports that a build's fleet stays after the build, because a sign-in in it is pending. */
    default void outlivesForSignIn(FleetName fleet) {}

    /** Reports that an agent is ready. */
    default void agentReady(AgentName agent, AgentState state) {}

    /** Reports that all agents are ready. */
    default void fleetReady(FleetName fleet, int agents, boolean changed, Duration took) {}

    /** Reports that a fleet has no tasks. */
    default void nothingToAwait(FleetName fleet) {}

    /** Reports the hosts that agents asked for, refusals first; empty if they asked for none. */
    default void hostsAsked(List<EgressUse> uses) {}

    /** Warns that the results lack the hosts that agents asked for. */
    default void hostsUnknown(String reason) {}

    /** Warns of a results file that can't be written and that no verdict needs. */
    default void resultNotWritten(String fileAndReason) {}

    /** Warns that the results of an earlier run can't be compared with this one. */
    default void notCompared(String fileAndReason) {}

    /** Reports that a fleet ends together with its build. */
    default void endsWithBuild(FleetName fleet) {}

    /** Reports that a fleet was removed. */
    default void stopped(FleetName fleet, int containers, Duration took) {}

    /** Reports that the fleet has no resources, and names other fleets. */
    default void nothingToStop(FleetName fleet, List<String> others) {}

    /** Reports that an orphaned fleet was removed. */
    default void orphanRemoved(String fleet, int containers) {}

    /** Warns that an orphaned fleet could not be removed. */
    default void orphanNotRemoved(String fleet, String reason) {}
}
