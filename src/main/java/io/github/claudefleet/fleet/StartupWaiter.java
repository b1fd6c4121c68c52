package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.Parallel;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.converge.ReadinessWatch;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetSpec;
import java.util.List;
import java.util.function.Function;

/** Waits until each started agent is ready. */
record StartupWaiter(ReadinessWatch watch, FleetListener listener) {

    /** Maximum number of logs watched at once: watching takes a connection and hardly any CPU time. */
    static final int WATCHES_AT_ONCE = 32;

    /**
     * Returns once all agents are ready.
     *
     * @param ids id of each agent's container
     * @return the agents, in the spec's order
     * @throws AgentNotReadyException if agents are not ready in time, with the last lines that each of them printed
     */
    List<Readiness> call(FleetSpec spec, Function<AgentName, String> ids) throws InterruptedException {
        List<Readiness> agents = Parallel.map(
                spec.agents(),
                WATCHES_AT_ONCE,
                agent -> watch.await(
                        agent.name(), ids.apply(agent.name()), spec.timeouts().startTimeout()));
        List<Readiness> failures =
                agents.stream().filter(agent -> !agent.isReady()).toList();
        if (!failures.isEmpty()) {
            throw new AgentNotReadyException(failures);
        }
        agents.forEach(agent -> listener.agentReady(agent.agent(), agent.state()));
        return agents;
    }
}
