package io.github.claudefleet.task;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.TurnResult;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Record of one task: its attempts and their image. Not thread-safe. */
public final class TaskRecord {

    private final Task task;
    private final Optional<String> check;
    private final List<TaskAttempt> runs = new ArrayList<>();
    private Optional<String> image = Optional.empty();

    /** @param check command that follows the task, if any */
    public TaskRecord(Task task, Optional<String> check) {
        this.task = task;
        this.check = check;
    }

    void add(TaskAttempt run, String imageId) {
        runs.add(run);
        image = Optional.of(imageId);
    }

    /** Returns the attempt that began last. */
    public Optional<TaskAttempt> last() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }

    /** Returns the number of attempts. */
    public int attempts() {
        return runs.size();
    }

    /** Returns the total cost that the attempts have reported. */
    public Usd cost() {
        return runs.stream().map(TaskAttempt::cost).reduce(Usd.ZERO, Usd::plus);
    }

    /**
     * Creates the report on the task.
     *
     * @param taskResult result of the last attempt, or reason why there was none
     */
    public TaskReport report(TaskResult taskResult) {
        Optional<TaskAttempt> last = last();
        Optional<TurnResult> answer = last.flatMap(TaskAttempt::answer);
        return new TaskReport(
                task.id(),
                task.promptHash(),
                last.map(TaskAttempt::agent),
                taskResult.outcome(),
                taskResult.reason(),
                runs.size(),
                runs.stream().map(TaskAttempt::beganAt).findFirst(),
                last.flatMap(TaskAttempt::ended).map(Event.ProcessExited::at),
                answer.filter(result -> !result.isError()).map(TurnResult::text),
                answer.flatMap(TurnResult::structured),
                last.flatMap(TaskAttempt::opened).flatMap(Event.SessionInit::session),
                cost(),
                runs.stream().map(TaskAttempt::tokens).reduce(TokenUsage.NONE, TokenUsage::plus),
                runs.stream().mapToInt(TaskAttempt::turns).sum(),
                runs.stream().map(TaskAttempt::apiTime).reduce(Duration.ZERO, Duration::plus),
                last.flatMap(TaskAttempt::opened).flatMap(Event.SessionInit::model),
                last.flatMap(TaskAttempt::opened).flatMap(Event.SessionInit::cliVersion),
                image,
                last.flatMap(TaskAttempt::commit),
                exitCode(last),
                checked(last),
                runs.stream().flatMap(run -> run.steps().stream()).toList(),
                runs.stream().mapToInt(TaskAttempt::stepsInAll).sum(),
                last.map(run -> run.session().denials()).orElse(List.of()),
                runs.stream().mapToInt(TaskAttempt::garbage).sum());
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
