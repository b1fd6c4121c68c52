package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.converge.Parallel;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.converge.ReadinessWatch;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits until each started agent is ready. */
record StartupWaiter(ReadinessWatch watch, FleetObserver observer, FleetListener listener) {

    /** Maximum number of logs watched at once: watching takes a connection and hardly any CPU time. */
    static final int WATCHES_AT_ONCE = 32;

    /**
     * Returns once all agents are ready.
     *
     * @param fleet the fleet as it was before its agents were created
     * @param converger converger that created agents
     * @return the agents, in the spec's order
     * @throws AgentNotReadyException if agents are not ready in time, with the last lines that each of them printed
     */
    List<Readiness> call(ResolvedFleet fleet, Converger converger) throws InterruptedException {
        FleetSpec spec = fleet.spec();
        List<ReadinessWatch.Waited> waits = Parallel.map(
                spec.agents(),
                WATCHES_AT_ONCE,
                agent -> watch.await(
                        agent.name(),
                        containerOf(agent.name(), fleet, converger),
                        spec.timeouts().startTimeout()));
        List<Readiness> agents = judge(waits, observer.containers(spec.id()));
        List<Readiness> failures =
                agents.stream().filter(agent -> !agent.isReady()).toList();
        if (!failures.isEmpty()) {
            throw new AgentNotReadyException(failures);
        }
        agents.forEach(agent -> listener.agentReady(agent.agent(), agent.state()));
        return agents;
    }

    /** @param present the fleet's containers after the wait, from a single list instead of an inspection of each */
    private List<Readiness> judge(List<ReadinessWatch.Waited> waits, Map<String, ContainerObservation> present)
            throws InterruptedException {
        return Parallel.map(
                waits,
                WATCHES_AT_ONCE,
                waited -> watch.judge(waited, Optional.ofNullable(present.get(waited.containerId()))));
    }

    /** Takes an agent's container from what was just created, or else from the observation before. */
    private static String containerOf(AgentName agent, ResolvedFleet fleet, Converger converger) {
        return converger
                .created(new ResourceNames(fleet.spec().id()).agent(agent))
                .or(() -> fleet.observed().agent(agent).map(ContainerObservation::id))
                .orElseThrow();
    }
}
