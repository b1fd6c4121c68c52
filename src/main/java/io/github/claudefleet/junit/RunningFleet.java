package io.github.claudefleet.junit;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.task.FleetReport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Fleet of a test class, as its tests see it. Its agents begin to work before the first test. Thread-safe. */
public final class RunningFleet {

    private final FleetRun run;

    RunningFleet(FleetRun run) {
        this.run = run;
    }

    /** Returns the fleet's name on the engine; that of a rehearsal ends with {@code -rehearsal}. */
    public String name() {
        return run.spec().name().value();
    }

    /** Returns all agents, in the order of the declaration. */
    public List<RunningAgent> agents() {
        return run.spec().agents().stream()
                .map(agent -> new RunningAgent(run, agent.name()))
                .toList();
    }

    /**
     * Returns an agent.
     *
     * @throws InvalidSpecException if the fleet has no agent of that name
     */
    public RunningAgent agent(String name) {
        return agents().stream()
                .filter(agent -> agent.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        "agent",
                        "\"" + name + "\" is not in fleet " + name() + ", which has " + names(),
                        "Use one of these."));
    }

    /**
     * Returns the report on all tasks, once they have ended. The first call waits for that; the tasks' own time limits
     * bound it.
     *
     * @throws IllegalStateException if the thread is interrupted
     */
    public FleetReport await() {
        return run.await();
    }

    /** Returns the directory of the results, which are complete after {@link #await}. */
    public Path results() {
        return run.results();
    }

    private String names() {
        return run.spec().agents().stream()
                .map(AgentSpec::name)
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(", "));
    }
}
