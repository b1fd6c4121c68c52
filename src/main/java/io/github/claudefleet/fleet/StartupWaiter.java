package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.Parallel;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.converge.ReadinessWatch;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import java.util.List;

/** Waits until each started agent is ready. */
record StartupWaiter(ReadinessWatch watch, FleetObserver observer, FleetListener listener) {

    /** Maximum number of logs watched at once: watching takes a connection and hardly any CPU time. */
    static final int WATCHES_AT_ONCE = 32;

    /**
     * Returns once all agents are ready.
     *
     * @return the agents, in the spec's order
     * @throws AgentNotReadyException if agents are not ready in time, with the last lines that each of them printed
     */
    List<Readiness> call(FleetSpec spec) throws InterruptedException {
        ObservedFleet observed = observer.observe(spec.id());
        List<Readiness> agents = Parallel.map(spec.agents(), WATCHES_AT_ONCE, agent -> await(agent, spec, observed));
        List<Readiness> failures =
                agents.stream().filter(agent -> !agent.isReady()).toList();
        if (!failures.isEmpty()) {
            throw new AgentNotReadyException(failures);
        }
        agents.forEach(agent -> listener.agentReady(agent.agent(), agent.state()));
        return agents;
    }

    private Readiness await(AgentSpec agent, FleetSpec spec, ObservedFleet observed) throws InterruptedException {
        return watch.await(agent.name(), idOf(agent, observed), spec.timeouts().startTimeout());
    }

    private static String idOf(AgentSpec agent, ObservedFleet observed) {
        return observed.agent(agent.name())
                .map(ContainerObservation::id)
                .orElseThrow(() -> new IllegalStateException("agent " + agent.name() + " vanished after its start"));
    }
}
