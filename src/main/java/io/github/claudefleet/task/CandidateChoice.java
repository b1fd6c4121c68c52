package io.github.claudefleet.task;

import io.github.claudefleet.claude.StructuredAnswer;
import io.github.claudefleet.spec.CandidateGroup;
import io.github.claudefleet.spec.OneLine;
import io.github.claudefleet.spec.TaskId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses one of several candidates. The choice depends only on what the agents have printed and made, so that another
 * supervisor chooses the same one. Not thread-safe.
 */
final class CandidateChoice {

    private final CandidateGroup group;
    private final TaskBoard board;
    private final Set<TaskId> measured = new HashSet<>();
    private boolean over;
    private Optional<TaskState> chosen = Optional.empty();

    CandidateChoice(CandidateGroup group, TaskBoard board) {
        this.group = group;
        this.board = board;
    }

    /** Decides, as soon as that is possible. Adds the actions that it needs for that. */
    void decide(List<TaskAction> actions) {
        if (!over) {
            switch (group.selection()) {
                case FIRST -> first();
                case SMALLEST -> smallest(actions);
                case JUDGE -> judged();
            }
        }
        chosen.ifPresent(best -> others(best).stream()
                .filter(other -> !other.is(TaskPhase.OVER) && hasNothingToStop(other))
                .forEach(other -> other.decide(TaskResult.of(Outcome.NOT_CHOSEN, whyNot(other, best)))));
    }

    /** Returns the candidates at work that are not needed, as another one is chosen. */
    List<TaskState> notNeeded() {
        return chosen.map(this::others).orElse(List.of()).stream()
                .filter(other -> other.is(TaskPhase.RUNNING) && !other.isBeingStopped() && !board.endedBefore(other))
                .toList();
    }

    /** Returns the reason to stop those that are not needed. */
    String reason() {
        return StopCause.NOT_CHOSEN.text(
                chosen.map(best -> best.id().toString()).orElse(""), "");
    }

    /** Chooses the one whose attempt was over first. Waits for those that may have been over before. */
    private void first() {
        Optional<TaskState> best = complete().stream().min(Comparator.comparing(CandidateChoice::overAt));
        if (best.isEmpty() && candidates().stream().allMatch(TaskState::isEnded)) {
            acceptAll();
        }
        best.filter(one -> candidates().stream().noneMatch(other -> mayPrecede(other, one)))
                .ifPresent(this::choose);
    }

    private boolean mayPrecede(TaskState other, TaskState best) {
        if (other.isEnded()) {
            return false;
        }
        boolean unread = board.hasUnread(other.queue().agents()) || other.hasUnreadEnd();
        return unread || other.hasEnded() && overAt(other).isBefore(overAt(best));
    }

    private static Instant overAt(TaskState state) {
        return state.last()
                .flatMap(TaskAttempt::overAt)
                .orElseGet(() -> state.clock().heardAt());
    }

    private void smallest(List<TaskAction> actions) {
        if (!candidates().stream().allMatch(TaskState::isEnded)) {
            return;
        }
        if (complete().size() > 1) {
            complete().stream()
                    .filter(one -> measured.add(one.id()))
                    .forEach(one -> actions.add(new TaskAction.Measure(one.id(), one.agent())));
            if (complete().stream().anyMatch(one -> size(one).isEmpty())) {
                return;
            }
            complete().stream()
                    .filter(one -> !size(one).orElseThrow().isKnown())
                    .forEach(this::endUnmeasured);
        }
        complete().stream()
                .min(Comparator.comparing(one -> size(one).orElse(ChangeSize.of(0, 0))))
                .ifPresentOrElse(this::choose, this::acceptAll);
    }

    private void endUnmeasured(TaskState state) {
        state.end(TaskResult.of(
                Outcome.NOT_CHECKED,
                "its changes could not be measured: "
                        + size(state).orElseThrow().problem()));
    }

    private Optional<ChangeSize> size(TaskState state) {
        return board.sizeOf(state.id());
    }

    private void judged() {
        TaskState judge = board.state(group.judge().orElseThrow());
        if (!candidates().stream().allMatch(TaskState::isEnded)) {
            return;
        }
        List<TaskState> complete = complete();
        if (complete.size() < 2 && judge.attempts() == 0 && !judge.isAtWork()) {
            if (judge.isEnded()) {
                judge.accept();
            } else {
                judge.decide(nothingToChoose(complete));
            }
            complete.stream().findFirst().ifPresentOrElse(this::choose, this::acceptAll);
        } else if (judge.isEnded()) {
            judged(judge, complete);
        }
    }

    private TaskResult nothingToChoose(List<TaskState> complete) {
        return complete.isEmpty()
                ? TaskResult.of(Outcome.NOT_STARTED, "none of the attempts at " + group.name() + " was done")
                : TaskResult.of(
                        Outcome.NOT_CHOSEN,
                        "there was nothing to choose: only " + complete.get(0).id() + " was done");
    }

    private void judged(TaskState judge, List<TaskState> complete) {
        Optional<String> choice = Optional.of(judge)
                .filter(TaskState::isComplete)
                .flatMap(one -> one.report().answer().structured())
                .flatMap(answer -> StructuredAnswer.text(answer, CandidateGroup.CHOICE));
        Optional<TaskState> best = complete.stream()
                .filter(one -> choice.filter(
                                name -> name.strip().equals(one.id().toString()))
                        .isPresent())
                .findFirst();
        if (best.isEmpty() && judge.isComplete()) {
            String names =
                    CandidateGroup.names(complete.stream().map(TaskState::agent).toList());
            judge.decide(TaskResult.of(
                    Outcome.FAILED,
                    choice.map(name -> "its answer chose \"" + OneLine.of(name, 100) + "\", which is none of " + names)
                            .orElse("its answer has no " + CandidateGroup.CHOICE + " of " + names)));
        }
        judge.accept();
        best.ifPresentOrElse(this::choose, () -> {
            complete.forEach(one -> one.decide(TaskResult.of(
                    Outcome.NOT_CHOSEN, "its judge " + group.judge().orElseThrow() + " has chosen none")));
            acceptAll();
        });
    }

    private void choose(TaskState best) {
        chosen = Optional.of(best);
        over = true;
        best.accept();
    }

    /** Lets all keep the outcomes that they have. */
    private void acceptAll() {
        over = true;
        candidates().forEach(TaskState::accept);
    }

    private static boolean hasNothingToStop(TaskState state) {
        return state.isEnded()
                || state.is(TaskPhase.WAITING)
                || state.is(TaskPhase.RUNNING) && state.isOnlyToBeJudged();
    }

    private String whyNot(TaskState other, TaskState best) {
        String better = best.id() + " was chosen";
        if (!other.isEnded()) {
            return other.attempts() == 0 ? better + " before it began" : better;
        }
        TaskReport report = other.report();
        if (report.outcome() == Outcome.NOT_CHOSEN) {
            return report.reason();
        }
        if (report.outcome() != Outcome.DONE) {
            return better + "; its own outcome was " + report.outcome().value()
                    + (report.reason().isEmpty() ? "" : ": " + report.reason());
        }
        return better
                + size(best)
                        .flatMap(small -> size(other)
                                .map(big ->
                                        ", which changes " + small.lines() + " lines; this one changes " + big.lines()))
                        .orElse("");
    }

    private List<TaskState> complete() {
        return candidates().stream().filter(TaskState::isComplete).toList();
    }

    private List<TaskState> others(TaskState best) {
        return candidates().stream().filter(one -> one != best).toList();
    }

    private List<TaskState> candidates() {
        return group.candidates().stream().map(board::state).toList();
    }
}
