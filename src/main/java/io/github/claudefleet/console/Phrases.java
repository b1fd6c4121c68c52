package io.github.claudefleet.console;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;

/** Parts of sentences that several messages share. */
final class Phrases {

    private Phrases() {}

    /** Returns the agent, and its task if that has another name. */
    static String agentWithTask(TaskId task, AgentName agent) {
        return task.toString().equals(agent.value()) ? "Agent " + agent : "Agent " + agent + ", task " + task;
    }

    /** Returns the reason after a colon, or nothing if it is empty. */
    static String reason(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    /** Returns the warning that the results of an earlier run can't be compared with this one. */
    static String notCompared(String fileAndReason) {
        return "Report and summary have no comparison with an earlier run: " + fileAndReason;
    }

    /** Returns the text with its first letter in upper case. */
    static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Returns a number with its noun, which gets an s unless the number is one. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
