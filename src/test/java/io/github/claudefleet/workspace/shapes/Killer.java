package io.github.claudefleet.workspace.shapes;

/** Kills a goal (SIGKILL) at one of the steps that it takes. */
interface Killer {

    /**
     * Runs a goal in a JVM of its own.
     *
     * @param at the step, from 1
     * @return false where the goal ended before it came so far
     */
    boolean kills(Stage stage, String goal, int at);
}
