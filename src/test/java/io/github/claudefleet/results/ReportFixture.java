package io.github.claudefleet.results;

import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.ToolUse;
import io.github.claudefleet.spec.AgentName;
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
                "00ff",
                Optional.empty(),
                Outcome.NOT_STARTED,
                "none of its agents is up",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Usd.ZERO,
                TokenUsage.NONE,
                0,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                0,
                List.of(),
                0);
    }

    private static TaskReport began(TaskId id, Outcome outcome) {
        return new TaskReport(
                id,
                "00ff",
                Optional.of(new AgentName(id.queue() + "-1")),
                outcome,
                outcome == Outcome.DONE ? "" : HARD,
                2,
                Optional.of(BEGIN),
                Optional.of(BEGIN.plusMillis(61_500)),
                Optional.of("An answer.\n" + HARD),
                Optional.of("{\"bugs\":1}"),
                Optional.of("5a7b"),
                usd("0.25"),
                new TokenUsage(10, 20, 30, 40),
                7,
                Duration.ofMillis(1500),
                Optional.of("claude-opus-5-5"),
                Optional.of("2.1.330"),
                Optional.of("sha256:abc"),
                Optional.of("0123abc"),
                OptionalInt.of(1),
                Optional.of(new TaskReport.Check("mvn test", 1)),
                List.of(new ToolUse(BEGIN.plusSeconds(5), "Edit", "src/A.java", true)),
                1,
                List.of("WebFetch"),
                3);
    }

    /** Done task with its begin, in seconds after the fleet's begin, and its length in seconds. */
    static TaskReport at(TaskId id, AgentName agent, int begin, int seconds) {
        TaskReport task = began(id, Outcome.DONE);
        return new TaskReport(
                id,
                task.promptHash(),
                Optional.of(agent),
                task.outcome(),
                task.reason(),
                1,
                Optional.of(BEGIN.plusSeconds(begin)),
                Optional.of(BEGIN.plusSeconds(begin + seconds)),
                task.answer(),
                task.structuredAnswer(),
                task.session(),
                task.cost(),
                task.tokens(),
                task.turns(),
                task.apiTime(),
                task.model(),
                task.cliVersion(),
                task.image(),
                task.commit(),
                OptionalInt.of(0),
                Optional.empty(),
                task.steps(),
                task.stepsInAll(),
                List.of(),
                0);
    }

    static TaskReport withAnswer(TaskReport task, String answer) {
        return new TaskReport(
                task.task(),
                task.promptHash(),
                task.agent(),
                task.outcome(),
                task.reason(),
                task.attempts(),
                task.began(),
                task.ended(),
                Optional.of(answer),
                task.structuredAnswer(),
                task.session(),
                task.cost(),
                task.tokens(),
                task.turns(),
                task.apiTime(),
                task.model(),
                task.cliVersion(),
                task.image(),
                task.commit(),
                task.exitCode(),
                task.check(),
                task.steps(),
                task.stepsInAll(),
                task.denials(),
                task.garbage());
    }

    static Usd usd(String amount) {
        return new Usd(new BigDecimal(amount));
    }
}
