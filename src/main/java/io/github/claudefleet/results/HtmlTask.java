package io.github.claudefleet.results;

import io.github.claudefleet.claude.ToolUse;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Renders a task of the report: its answer, its usage and links to the rest. */
final class HtmlTask {

    private static final int MOST_ANSWER = 64 * 1024;

    private HtmlTask() {}

    static String of(TaskReport task) {
        return "<details id=\"" + anchor(task) + "\""
                + (task.outcome() == Outcome.DONE || task.outcome().isNeutral() ? "" : " open") + "><summary>"
                + "<strong>" + task.task() + "</strong>" + word(task.outcome()) + "<span class=\"quiet\">"
                + task.usage().cost() + "</span></summary><div>"
                + paragraph(task.reason()) + answer(task) + steps(task) + rounds(task) + facts(task)
                + "</div></details>";
    }

    /** Returns the task's anchor in the page. The slash is the only character of task ids that an anchor can't have. */
    static String anchor(TaskReport task) {
        return "task-" + task.task().toString().replace('/', '.');
    }

    /** Renders the outcome, which has a sign in addition to its colour. */
    static String word(Outcome outcome) {
        return "<span class=\"word " + tone(outcome) + "\">" + outcome.value() + "</span>";
    }

    static String tone(Outcome outcome) {
        return switch (outcome) {
            case DONE -> "good";
            case NOT_STARTED, NOT_CHOSEN, UNKNOWN -> "none";
            case OUT_OF_TURNS, OVER_BUDGET, OUT_OF_QUOTA -> "warn";
            default -> "bad";
        };
    }

    static String sign(Outcome outcome) {
        return switch (tone(outcome)) {
            case "good" -> "✓";
            case "bad" -> "✗";
            case "warn" -> "!";
            default -> "–";
        };
    }

    private static String paragraph(String reason) {
        return reason.isEmpty() ? "" : "<p>" + Html.text(reason) + "</p>";
    }

    private static String answer(TaskReport task) {
        return task.answer()
                .text()
                .map(answer -> "<pre>" + Html.text(cut(answer)) + "</pre>"
                        + (answer.length() > MOST_ANSWER
                                ? "<p class=\"quiet\">The rest is in <a href=\"" + task.task()
                                        + "/answer.md\">answer.md</a>.</p>"
                                : ""))
                .orElse("");
    }

    private static String cut(String answer) {
        return answer.length() > MOST_ANSWER ? answer.substring(0, MOST_ANSWER) + "…" : answer;
    }

    private static String steps(TaskReport task) {
        if (task.activity().steps().isEmpty()) {
            return "";
        }
        int first = task.activity().stepsInAll() - task.activity().steps().size() + 1;
        return "<ol class=\"steps\" start=\"" + Math.max(1, first) + "\">"
                + task.activity().steps().stream().map(HtmlTask::step).collect(Collectors.joining())
                + "</ol>";
    }

    /** Renders the rounds, if there was more than one. */
    private static String rounds(TaskReport task) {
        List<TaskReport.Round> rounds =
                task.exit().check().map(TaskReport.Check::rounds).orElse(List.of());
        return rounds.size() < 2
                ? ""
                : "<ul class=\"rounds\">" + rounds.stream().map(HtmlTask::round).collect(Collectors.joining())
                        + "</ul>";
    }

    private static String round(TaskReport.Round round) {
        boolean passed = round.exitCode() == 0;
        return "<li>Round " + round.number() + ": <span class=\"word " + (passed ? "good" : "bad") + "\">"
                + (passed ? "check passed" : "check failed (status " + round.exitCode() + ")") + "</span> "
                + round.cost() + ", " + round.turns() + " turns"
                + (passed || round.output().isBlank() ? "" : "<pre>" + Html.text(cut(round.output())) + "</pre>")
                + "</li>";
    }

    private static String step(ToolUse step) {
        return "<li>" + Html.text(step.tool())
                + (step.target().isEmpty() ? "" : " <code>" + Html.text(step.target()) + "</code>")
                + (step.failed() ? " <span class=\"word bad\">failed</span>" : "") + "</li>";
    }

    private static String facts(TaskReport task) {
        return "<dl class=\"facts\">"
                + fact(
                        "attempts",
                        task.attempts() > 1 ? Optional.of(String.valueOf(task.attempts())) : Optional.empty())
                + fact(
                        "check",
                        task.exit().check().map(check -> check.command() + " (status " + check.exitCode() + ")"))
                + fact("session", task.session().id())
                + fact("model", task.session().model())
                + fact("Claude Code", task.session().cliVersion())
                + fact("image", task.inputs().image())
                + fact("commit", task.inputs().commit())
                + fact("prompt's SHA-256", Optional.of(task.inputs().promptHash()))
                + "<dt>files</dt><dd><a href=\"" + task.task() + "/\">" + task.task() + "/</a></dd></dl>";
    }

    private static String fact(String name, Optional<String> value) {
        return value.filter(text -> !text.isEmpty())
                .map(text -> "<dt>" + name + "</dt><dd>" + Html.text(text) + "</dd>")
                .orElse("");
    }
}
