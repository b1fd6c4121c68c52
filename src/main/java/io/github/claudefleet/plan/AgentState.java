package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.spec.AgentExit;
import io.github.claudefleet.spec.Labels;

/** What an agent is doing, told from outside. */
public enum AgentState {
    /** Its container runs, its entrypoint hasn't seen the login yet. */
    STARTING("starting"),
    /** It has the login and waits for {@code docker exec}. */
    READY("ready"),
    /** It has the login and works on its prompt. */
    WORKING("working"),
    /** Its prompt's run ended with status 0. */
    DONE("done"),
    /** It ended otherwise. */
    FAILED("failed"),
    /** The kernel killed it for its memory limit. */
    OUT_OF_MEMORY("out of memory"),
    /** Its container was made and never started, is paused, or in a state that ends by itself. */
    DOWN("down");

    private final String value;

    AgentState(String value) {
        this.value = value;
    }

    /** The word that tables and properties use. */
    public String value() {
        return value;
    }

    /** Whether the agent has got to its work, be it waiting for some, at it, or through with it. */
    public boolean gotReady() {
        return this == READY || this == WORKING || this == DONE;
    }

    /**
     * The state of an agent.
     *
     * @param container its container
     * @param saidReady whether its entrypoint has reported that it sees the login
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
