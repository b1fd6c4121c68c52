package io.github.claudefleet.results;

import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.ToolUse;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Fleet with tasks of every outcome, and with text that is difficult to encode. */
public final class ReportFixture {

    static final Instant BEGIN = Instant.parse("2026-11-24T08:00:00Z");
    static final String HARD = "Emoji 🙂, wide 漢字, ]]> <script>alert(1)</script> | * `x` end";
    /** Characters that neither XML nor UTF-8 can represent. */
    static final String IMPOSSIBLE = "a \u0000 b \u0007 c \uD83D d";

    /** Hosts that agents asked for, one of them with a name that is no host's. */
    static final List<EgressUse> USES = List.of(
            new EgressUse("fixer", "repo.example.org", 8443, 0, 3, "not_allowed"),
            new EgressUse("reviewer", "repo.example.org", 8443, 0, 1, "port"),
            new EgressUse("fixer", "api.anthropic.com", 443, 0, 2, "models"),
            new EgressUse("fixer", "<img src=x>|`a`", 443, 0, 1, "no_host"),
            new EgressUse("fixer", "api.anthropic.com", 443, 7, 0, ""));

    private ReportFixture() {}

    private static final Set<Outcome> FIXERS = EnumSet.of(
            Outcome.DONE,
            Outcome.CHECK_FAILED,
            Outcome.OVER_BUDGET,
            Outcome.HUNG,
            Outcome.OUT_OF_MEMORY,
            Outcome.LOGIN_DEAD,
            Outcome.NOT_STARTED);

    /** Writes the fleet's results as {@code await} does. */
    public static void writeTo(Path directory) {
        writer(directory).write(ofEveryOutcome());
    }

    /** Creates a writer of fleet shop's results in the first build. */
    public static ResultsWriter writer(Path directory) {
        return writer(directory, "build-1");
    }

    static ResultsWriter writer(Path directory, String build) {
        return new ResultsWriter(directory, origin(build), warning -> {});
    }

    static ResultsOrigin origin(String build) {
        return new ResultsOrigin(new FleetName("shop"), "/home/ann/shop", build);
    }

    /** Complete results of one run. */
    static FleetResults results(FleetReport report) {
        return new FleetResults(
                origin("build-1"), report, List.of(), report.ended().map(ended -> BEGIN.plusSeconds(601)));
    }

    /** Collected changes for these results. */
    static Optional<CollectedChanges> changes(AgentChanges... agents) {
        return Optional.of(new CollectedChanges(origin("build-1"), List.of(agents)));
    }

    public static FleetReport ofEveryOutcome() {
        return of(Arrays.stream(Outcome.values()).map(ReportFixture::task).toList());
    }

    static FleetReport of(List<TaskReport> tasks) {
        return new FleetReport(
                new FleetName("shop"), BEGIN, Optional.of(BEGIN.plusSeconds(600)), Optional.of(usd("20")), tasks);
    }

    /** Report of a run that is not over. */
    static FleetReport open(List<TaskReport> tasks) {
        return new FleetReport(new FleetName("shop"), BEGIN, Optional.empty(), Optional.empty(), tasks);
    }

    static TaskReport task(Outcome outcome) {
        AgentName queue = new AgentName(FIXERS.contains(outcome) ? "fixer" : "reviewer");
        TaskId id = TaskId.of(queue, outcome.value().replace(' ', '-'));
        return outcome == Outcome.NOT_STARTED ? never(id) : began(id, outcome);
    }

    static TaskReport never(TaskId id) {
        return new TaskReport(
                id,
                Optional.empty(),
                Outcome.NOT_STARTED,
                "none of its agents is up",
                0,
                TaskReport.Times.NONE,
                TaskReport.Answer.NONE,
                TaskReport.Session.NONE,
                TaskReport.Usage.NONE,
                new TaskReport.Inputs("00ff", Optional.empty(), Optional.empty()),
                TaskReport.Exit.NONE,
                TaskReport.Activity.NONE);
    }

    private static TaskReport began(TaskId id, Outcome outcome) {
        return new TaskReport(
                id,
                Optional.of(new AgentName(id.queue() + "-1")),
                outcome,
                outcome == Outcome.DONE ? "" : HARD,
                2,
                new TaskReport.Times(Optional.of(BEGIN), Optional.of(BEGIN.plusMillis(61_500))),
                new TaskReport.Answer(Optional.of("An answer.\n" + HARD), Optional.of("{\"bugs\":1}")),
                new TaskReport.Session(Optional.of("5a7b"), Optional.of("claude-opus-5-5"), Optional.of("2.1.330")),
                new TaskReport.Usage(usd("0.25"), new TokenUsage(10, 20, 30, 40), 7, Duration.ofMillis(1500)),
                new TaskReport.Inputs("00ff", Optional.of("sha256:abc"), Optional.of("0123abc")),
                new TaskReport.Exit(OptionalInt.of(1), Optional.of(new TaskReport.Check("mvn test", 1, List.of()))),
                new TaskReport.Activity(
                        List.of(new ToolUse(BEGIN.plusSeconds(5), "Edit", "src/A.java", true)),
                        1,
                        List.of("WebFetch"),
                        3));
    }

    /** Done task with its begin, in seconds after the fleet's begin, and its length in seconds. */
    static TaskReport at(TaskId id, AgentName agent, int begin, int seconds) {
        TaskReport task = began(id, Outcome.DONE);
        return new TaskReport(
                id,
                Optional.of(agent),
                task.outcome(),
                task.reason(),
                1,
                new TaskReport.Times(
                        Optional.of(BEGIN.plusSeconds(begin)), Optional.of(BEGIN.plusSeconds(begin + seconds))),
                task.answer(),
                task.session(),
                task.usage(),
                task.inputs(),
                new TaskReport.Exit(OptionalInt.of(0), Optional.empty()),
                new TaskReport.Activity(task.activity().steps(), task.activity().stepsInAll(), List.of(), 0));
    }

    /** Task of 100 seconds whose check passed in round 3. The rounds began after 0, 40 and 80 seconds. */
    static TaskReport inRounds(TaskId id, AgentName agent) {
        TaskReport task = at(id, agent, 0, 100);
        List<TaskReport.Round> rounds = List.of(
                new TaskReport.Round(1, 1, BEGIN, usd("0.12"), 3, "2 tests failed: <b>"),
                new TaskReport.Round(2, 2, BEGIN.plusSeconds(40), usd("0.05"), 2, ""),
                new TaskReport.Round(3, 0, BEGIN.plusSeconds(80), usd("0.08"), 2, "all is well"));
        return withCheck(task, new TaskReport.Check("mvn test", 0, rounds));
    }

    /** The task with an attempt for each round of the check. */
    static TaskReport withCheck(TaskReport task, TaskReport.Check check) {
        return new TaskReport(
                task.task(),
                task.agent(),
                task.outcome(),
                task.reason(),
                check.rounds().size(),
                task.times(),
                task.answer(),
                task.session(),
                task.usage(),
                task.inputs(),
                new TaskReport.Exit(OptionalInt.of(0), Optional.of(check)),
                task.activity());
    }

    static TaskReport withAnswer(TaskReport task, String answer) {
        return new TaskReport(
                task.task(),
                task.agent(),
                task.outcome(),
                task.reason(),
                task.attempts(),
                task.times(),
                new TaskReport.Answer(Optional.of(answer), task.answer().structured()),
                task.session(),
                task.usage(),
                task.inputs(),
                task.exit(),
                task.activity());
    }

    static Usd usd(String amount) {
        return new Usd(new BigDecimal(amount));
    }
}
