package io.github.claudefleet.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Candidates: agents that do one task from the same start. One of them is chosen.
 *
 * @param name name of the agent in the pom
 * @param candidates agents, each with a queue of its own name and one task
 * @param selection way to choose
 * @param judge agent that chooses, for {@link Selection#JUDGE} only
 */
public record CandidateGroup(
        AgentName name, List<AgentName> candidates, Selection selection, Optional<AgentName> judge) {

    /** Maximum number of candidates. Each costs as much as the task. */
    public static final int MOST = 20;

    /** Field of the judge's structured answer that names the chosen candidate. */
    public static final String CHOICE = "choice";

    /** Form of the judge's answer, unless the agent has one of its own. */
    public static final String CHOICE_SCHEMA = "{\"type\":\"object\",\"properties\":{\"choice\":{\"type\":\"string\"},"
            + "\"reason\":{\"type\":\"string\"}},\"required\":[\"choice\"]}";

    /** @throws InvalidSpecException if the judge is missing, superfluous, or one of the candidates */
    public CandidateGroup {
        candidates = List.copyOf(candidates);
        if (judge.isPresent() != (selection == Selection.JUDGE)) {
            throw new InvalidSpecException(
                    "agent.judge",
                    judge.isPresent() ? "is set, but agent.select is " + selection.value() : "is missing",
                    "Set agent.select to judge, and agent.judge to the agent that chooses; or leave both out.");
        }
        if (judge.isPresent() && (judge.get().equals(name) || candidates.contains(judge.get()))) {
            throw new InvalidSpecException(
                    "agent.judge",
                    "\"" + judge.get() + "\" is one of the attempts that it would judge",
                    "Name another agent of the fleet.");
        }
    }

    /** Returns the names of some candidates, for a sentence. */
    public static String names(List<AgentName> some) {
        return some.stream().map(AgentName::value).collect(Collectors.joining(", "));
    }
}
