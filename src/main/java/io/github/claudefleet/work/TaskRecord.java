package io.github.claudefleet.work;

import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** All that is known of one task: its attempts, and what was made of them. Not for use by two threads at once. */
public final class TaskRecord {

    private final Task task;
    private final Optional<String> check;
    private final List<Run> runs = new ArrayList<>();
    private Optional<String> image = Optional.empty();

    /** @param check the command that follows the task, where there is one */
    public TaskRecord(Task task, Optional<String> check) {
        this.task = task;
        this.check = check;
    }

    void add(Run run, String imageId) {
        runs.add(run);
        image = Optional.of(imageId);
    }

    /** The attempt that began last. */
    public Optional<Run> last() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }

    /** How often it was begun. */
    public int attempts() {
        return runs.size();
    }

    /** What all attempts cost together, as far as they have said. */
    public Usd cost() {
        return runs.stream().map(Run::cost).reduce(Usd.ZERO, Usd::plus);
    }

    /**
     * What became of it.
     *
     * @param judgement of the last attempt, or why there was none
     */
    public TaskReport report(Judgement judgement) {
        Optional<Run> last = last();
        Optional<Answer> answer = last.flatMap(Run::answer);
        return new TaskReport(
                task.id(),
                task.promptHash(),
                last.map(Run::agent),
                judgement.outcome(),
                judgement.reason(),
                runs.size(),
                runs.stream().map(Run::beganAt).findFirst(),
                last.flatMap(Run::ended).map(Event.Ended::at),
                answer.filter(result -> !result.isError()).map(Answer::text),
                answer.flatMap(Answer::structured),
                last.flatMap(Run::opened).flatMap(Event.Opened::session),
                cost(),
                runs.stream().map(Run::tokens).reduce(Tokens.NONE, Tokens::plus),
                runs.stream().mapToInt(Run::turns).sum(),
                runs.stream().map(Run::apiTime).reduce(Duration.ZERO, Duration::plus),
                last.flatMap(Run::opened).flatMap(Event.Opened::model),
                last.flatMap(Run::opened).flatMap(Event.Opened::cliVersion),
                image,
                last.flatMap(Run::commit),
                exitCode(last),
                checked(last),
                runs.stream().flatMap(run -> run.steps().stream()).toList(),
                runs.stream().mapToInt(Run::stepsInAll).sum(),
                last.map(run -> run.session().denials()).orElse(List.of()),
                runs.stream().mapToInt(Run::garbage).sum());
    }

    private static OptionalInt exitCode(Optional<Run> run) {
        return run.flatMap(Run::ended)
                .map(end -> OptionalInt.of(end.exitCode()))
                .orElse(OptionalInt.empty());
    }

    private Optional<TaskReport.Check> checked(Optional<Run> run) {
        OptionalInt exit = run.map(Run::check).orElse(OptionalInt.empty());
        return check.filter(command -> exit.isPresent()).map(command -> new TaskReport.Check(command, exit.getAsInt()));
    }
}
