package io.github.claudefleet.standin;

import java.util.Map;

/**
 * Sender of a message, as {@code run.sh} names it in a rehearsal.
 *
 * @param agent name of the agent; empty if the message is of no task
 * @param task id of the task, such as {@code fixer/tests}; empty if the message is of no task
 * @param round number of the task's round, from 1
 */
record Sender(String agent, String task, int round) {
    /** Sender of a message that is of no task, such as the probe of the login. */
    static final Sender NOBODY = new Sender("", "", 1);

    private static final String PREFIX = "x-claude-fleet-";

    static Sender in(Map<String, String> headers) {
        String round = headers.getOrDefault(PREFIX + "round", "1");
        return new Sender(
                headers.getOrDefault(PREFIX + "agent", ""),
                headers.getOrDefault(PREFIX + "task", ""),
                round.matches("\\d{1,4}") ? Integer.parseInt(round) : 1);
    }
}
