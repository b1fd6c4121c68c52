package io.github.claudefleet.workspace.shapes;

/** Kills a goal (SIGKILL) at one of its steps. */
interface Killer {

    /**
     * Runs a goal in a separate JVM.
     *
     * @param at number of the step, from 1
     * @return false if the goal ended before that step
     */
    boolean kills(Stage stage, String goal, int at);
}
