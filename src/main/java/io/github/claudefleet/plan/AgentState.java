package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.spec.AgentExit;
import io.github.claudefleet.spec.Labels;

/** State of an agent, as seen from outside. */
public enum AgentState {
    /** Container runs, and its entrypoint hasn't seen the login yet. */
    STARTING("starting"),
    /** Has the login and waits for {@code docker exec}. */
    READY("ready"),
    /** Has the login and works on its prompt. */
    WORKING("working"),
    /** Attempt of its prompt ended with status 0. */
    DONE("done"),
    /** Ended otherwise. */
    FAILED("failed"),
    /** Killed by the kernel for its memory limit. */
    OUT_OF_MEMORY("out of memory"),
    /** Container was created and never started, is paused, or is in a state that ends by itself. */
    DOWN("down");

    private final String value;

    AgentState(String value) {
        this.value = value;
    }

    /** Returns the value that tables and properties use. */
    public String value() {
        return value;
    }

    /** Returns true if the agent became ready: it waits for work, works, or has ended its work. */
    public boolean gotReady() {
        return this == READY || this == WORKING || this == DONE;
    }

    /**
     * Derives the state of an agent.
     *
     * @param container container of the agent
     * @param saidReady true if its entrypoint has reported that it sees the login
     */
    public static AgentState of(ContainerObservation container, boolean saidReady) {
        boolean prompted = container.label(Labels.PROMPT).isPresent();
        return switch (container.state()) {
            case RUNNING -> saidReady ? (prompted ? WORKING : READY) : STARTING;
            case EXITED, DEAD -> ended(container, prompted);
            default -> DOWN;
        };
    }

    private static AgentState ended(ContainerObservation container, boolean prompted) {
        if (container.outOfMemory()) {
            return OUT_OF_MEMORY;
        }
        int exitCode = container.exitCode().orElse(-1);
        return prompted && exitCode == 0 && !AgentExit.beforeReady(exitCode) ? DONE : FAILED;
    }
}
