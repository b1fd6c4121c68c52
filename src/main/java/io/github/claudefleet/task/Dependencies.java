package io.github.claudefleet.task;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CandidateGroup;
import io.github.claudefleet.spec.Dependency;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.WorkSpec;
import java.util.List;
import java.util.Optional;

/** Dependencies between tasks. For one that depends on candidates, the chosen one counts. */
record Dependencies(TaskBoard board) {

    /** Checks whether everything that the tasks of a queue depend on has come. */
    boolean areMet(TaskQueue queue) {
        return queue.dependsOn().stream()
                .allMatch(dependency -> dependency.evenIfFailed() ? isOver(dependency, queue) : isDone(dependency));
    }

    /** Returns the reason why a queue's tasks will never begin, if one that they depend on has failed. */
    Optional<String> missed(TaskQueue queue) {
        return queue.dependsOn().stream()
                .filter(dependency -> !dependency.evenIfFailed() && isOver(dependency, queue) && !isDone(dependency))
                .findFirst()
                .map(dependency -> "it depends on "
                        + (work().groupOf(dependency.queue()).isPresent() ? dependency.agent() : dependency)
                        + ", which was not done");
    }

    /** Returns the prompt of a task if that refers to what others made, or is to choose one of them. */
    Optional<HandOver> handOver(TaskState state) {
        List<Dependency> on = state.queue().dependsOn();
        Optional<CandidateGroup> judged = work().judgedBy(state.queue().name());
        return Optional.of(state.prompt())
                .filter(Prompt::refers)
                .map(prompt -> new HandOver(
                        prompt.text() + judged.map(this::question).orElse(""),
                        on,
                        on.stream()
                                .flatMap(one -> of(one).stream())
                                .filter(this::isOffered)
                                .map(TaskState::report)
                                .distinct()
                                .toList()));
    }

    private String question(CandidateGroup group) {
        List<AgentName> complete = group.candidates().stream()
                .filter(candidate -> board.state(candidate).isComplete())
                .toList();
        return "\n\nChoose one of " + CandidateGroup.names(complete) + ". Its name is the \"" + CandidateGroup.CHOICE
                + "\" of your structured answer.\n";
    }

    /** Returns the agents whose work a task may start from. */
    List<AgentName> agents(TaskQueue queue) {
        return queue.dependsOn().stream()
                .map(Dependency::queue)
                .distinct()
                .flatMap(name ->
                        work().queues().stream().filter(other -> other.name().equals(name)))
                .flatMap(other -> other.agents().stream())
                .distinct()
                .filter(agent ->
                        work().groupOf(agent).isEmpty() || board.state(agent).isComplete())
                .toList();
    }

    /** Checks whether others see the task: of candidates those that can be chosen, or else all. */
    private boolean isOffered(TaskState state) {
        return work().groupOf(state.queue().name())
                .filter(group -> !state.isComplete()
                        && group.candidates().stream()
                                .anyMatch(one -> board.state(one).isComplete()))
                .isEmpty();
    }

    /** @param queue queue that depends on it; a judge does not wait for its own choice */
    private boolean isOver(Dependency dependency, TaskQueue queue) {
        boolean judges = work().judgedBy(queue.name())
                .filter(group -> group.name().equals(dependency.agent()))
                .isPresent();
        return of(dependency).stream().allMatch(state -> state.is(TaskPhase.OVER) || judges && state.isEnded());
    }

    private boolean isDone(Dependency dependency) {
        return of(dependency).stream().allMatch(state -> state.isDone() || isNotNeeded(state));
    }

    /** Checks whether another candidate is chosen, or the task is that of a judge with nothing to choose. */
    private boolean isNotNeeded(TaskState state) {
        AgentName name = state.queue().name();
        return work().groupOf(name)
                .map(group -> group.candidates().stream()
                        .anyMatch(one -> board.state(one).isDone()))
                .orElse(work().judgedBy(name).isPresent()
                        && state.is(TaskPhase.OVER)
                        && state.report().outcome() == Outcome.NOT_CHOSEN);
    }

    private List<TaskState> of(Dependency dependency) {
        return board.states().stream()
                .filter(state -> dependency.covers(state.id()))
                .toList();
    }

    private WorkSpec work() {
        return board.work();
    }
}
