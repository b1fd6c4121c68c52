package io.github.claudefleet.converge;

import java.util.List;

/** Reports agents that did not become ready, each with its reason and the last lines that it printed. */
public class AgentNotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param failures agents that are not ready, at least one */
    public AgentNotReadyException(List<Readiness> failures) {
        super(String.join(
                "\n", failures.stream().map(AgentNotReadyException::text).toList()));
    }

    private static String text(Readiness failure) {
        String lines = failure.lastLines().isEmpty()
                ? "it printed nothing."
                : "its last lines:\n  " + String.join("\n  ", failure.lastLines());
        return "Agent " + failure.agent() + " did not get ready: " + failure.reason() + "; " + lines;
    }
}
