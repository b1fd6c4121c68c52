package io.github.claudefleet.task;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.TurnResult;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.Usd;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Record of one task: its attempts and their image. Not thread-safe. */
final class TaskRecord {

    private final Task task;
    private final Optional<CheckSpec> check;
    private final NavigableMap<Integer, TaskAttempt> attempts = new TreeMap<>();
    private Optional<String> image = Optional.empty();

    /** @param check check that follows the task, if any */
    TaskRecord(Task task, Optional<CheckSpec> check) {
        this.task = task;
        this.check = check;
    }

    /**
     * Adds an attempt.
     *
     * @param number number of the attempt; the newest one has the highest
     * @return true if it is the newest one
     */
    boolean add(int number, TaskAttempt attempt, String imageId) {
        attempts.put(number, attempt);
        boolean newest = attempts.lastKey() == number;
        if (newest) {
            image = Optional.of(imageId);
        }
        return newest;
    }

    /** Returns the attempt that began last. */
    Optional<TaskAttempt> last() {
        return Optional.ofNullable(attempts.lastEntry()).map(Map.Entry::getValue);
    }

    /** Returns the number of attempts. */
    int attempts() {
        return attempts.size();
    }

    /** Returns the total cost that the attempts have reported. */
    Usd cost() {
        return usage().cost();
    }

    /**
     * Creates the report on the task.
     *
     * @param taskResult result of the last attempt, or reason why there was none
     */
    TaskReport report(TaskResult taskResult) {
        Optional<TaskAttempt> last = last();
        return new TaskReport(
                task.id(),
                last.map(TaskAttempt::agent),
                taskResult.outcome(),
                taskResult.reason(),
                attempts.size(),
                new TaskReport.Times(
                        runs().stream().map(TaskAttempt::beganAt).findFirst(),
                        last.flatMap(TaskAttempt::ended).map(Event.ProcessExited::at)),
                last.flatMap(TaskAttempt::answer).map(TaskRecord::answer).orElse(TaskReport.Answer.NONE),
                last.flatMap(TaskAttempt::opened).map(TaskRecord::session).orElse(TaskReport.Session.NONE),
                usage(),
                new TaskReport.Inputs(task.promptHash(), image, last.flatMap(TaskAttempt::commit)),
                new TaskReport.Exit(exitCode(last), checked(last)),
                activity(last));
    }

    /** Returns reports on the attempts, the first one first. */
    List<AttemptReport> attemptReports() {
        return attempts.entrySet().stream()
                .map(one -> attemptReport(one.getKey(), one.getValue()))
                .toList();
    }

    private AttemptReport attemptReport(int number, TaskAttempt attempt) {
        return new AttemptReport(
                task.id(),
                number,
                attempt.agent(),
                attempt.beganAt(),
                attempt.ended().map(Event.ProcessExited::at),
                attempt.opened().map(TaskRecord::session).orElse(TaskReport.Session.NONE),
                attempt.usage(),
                attempt.span());
    }

    private Collection<TaskAttempt> runs() {
        return attempts.values();
    }

    private TaskReport.Usage usage() {
        return runs().stream().map(TaskAttempt::usage).reduce(TaskReport.Usage.NONE, TaskReport.Usage::plus);
    }

    private TaskReport.Activity activity(Optional<TaskAttempt> last) {
        return new TaskReport.Activity(
                runs().stream().flatMap(run -> run.steps().stream()).toList(),
                runs().stream().mapToInt(TaskAttempt::stepsInAll).sum(),
                last.map(run -> run.session().denials()).orElse(List.of()),
                runs().stream().mapToInt(TaskAttempt::garbage).sum());
    }

    private static TaskReport.Answer answer(TurnResult result) {
        return new TaskReport.Answer(
                Optional.of(result).filter(one -> !one.isError()).map(TurnResult::text), result.structured());
    }

    private static TaskReport.Session session(Event.SessionInit opened) {
        return new TaskReport.Session(opened.session(), opened.model(), opened.cliVersion());
    }

    private static OptionalInt exitCode(Optional<TaskAttempt> run) {
        return run.flatMap(TaskAttempt::ended)
                .map(end -> OptionalInt.of(end.exitCode()))
                .orElse(OptionalInt.empty());
    }

    private Optional<TaskReport.Check> checked(Optional<TaskAttempt> run) {
        OptionalInt exit = run.map(TaskAttempt::check).orElse(OptionalInt.empty());
        return check.filter(one -> exit.isPresent())
                .map(one -> new TaskReport.Check(one.command(), exit.getAsInt(), rounds()));
    }

    /** Returns the rounds whose check has run. An attempt at a round that ended without its check is none of them. */
    private List<TaskReport.Round> rounds() {
        return runs().stream()
                .filter(run -> run.check().isPresent())
                .map(TaskRecord::round)
                .toList();
    }

    private static TaskReport.Round round(TaskAttempt run) {
        return new TaskReport.Round(
                run.round(),
                run.check().getAsInt(),
                run.beganAt(),
                run.usage().cost(),
                run.usage().turns(),
                CredentialRedactor.text(run.checkOutput()));
    }

    /** Returns the prompt that continues after this round, if its check is known to have failed. */
    Optional<FollowUp> after(int round) {
        return runs().stream()
                .filter(run -> run.round() == round && run.check().orElse(0) != 0)
                .reduce((earlier, later) -> later)
                .flatMap(failed -> check.flatMap(one -> failed.opened()
                        .flatMap(Event.SessionInit::session)
                        .map(session -> FollowUp.afterCheck(failed, one, session))));
    }
}
