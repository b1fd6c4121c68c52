package io.github.claudefleet.task;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.TurnResult;
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
public final class TaskRecord {

    private final Task task;
    private final Optional<String> check;
    private final NavigableMap<Integer, TaskAttempt> attempts = new TreeMap<>();
    private Optional<String> image = Optional.empty();

    /** @param check command that follows the task, if any */
    public TaskRecord(Task task, Optional<String> check) {
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
    public Optional<TaskAttempt> last() {
        return Optional.ofNullable(attempts.lastEntry()).map(Map.Entry::getValue);
    }

    /** Returns the number of attempts. */
    public int attempts() {
        return attempts.size();
    }

    /** Returns the total cost that the attempts have reported. */
    public Usd cost() {
        return usage().cost();
    }

    /**
     * Creates the report on the task.
     *
     * @param taskResult result of the last attempt, or reason why there was none
     */
    public TaskReport report(TaskResult taskResult) {
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
        return check.filter(command -> exit.isPresent()).map(command -> new TaskReport.Check(command, exit.getAsInt()));
    }
}
