package io.github.claudefleet.spec;

/** Exit statuses with which an agent's entrypoint (agent.sh) says that the agent never got to its work. */
public final class AgentExit {

    /** The workspace can't be written. */
    public static final int WORKSPACE = 77;
    /** The login isn't there, or can't be read. */
    public static final int LOGIN = 78;
    /** The image has no {@code claude}; the shell's own status for it. */
    public static final int NO_CLI = 127;

    private AgentExit() {}

    /** Whether a status means that the agent never got to its work. */
    public static boolean beforeReady(int status) {
        return status == WORKSPACE || status == LOGIN || status == NO_CLI;
    }
}
