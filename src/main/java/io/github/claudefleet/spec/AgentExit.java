package io.github.claudefleet.spec;

/** Exit statuses of an agent's entrypoint (agent.sh) for an agent that never started its work. */
public final class AgentExit {

    /** Status for a gateway that can't be reached. */
    public static final int GATEWAY = 69;
    /** Status for a way around the gateway. */
    public static final int FENCE = 71;
    /** Status for a workspace that is not writable. */
    public static final int WORKSPACE = 77;
    /** Status for a login that is missing or unreadable. */
    public static final int LOGIN = 78;
    /** Status for an image without {@code claude}; it is the shell's own status for a missing command. */
    public static final int NO_CLI = 127;

    private AgentExit() {}

    /** Checks whether a status means that the agent never started its work. */
    public static boolean beforeReady(int status) {
        return status == GATEWAY || status == FENCE || status == WORKSPACE || status == LOGIN || status == NO_CLI;
    }
}
