package io.github.claudefleet.results;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Renders a lane for each agent, with a bar for each of its tasks. */
final class HtmlTimeline {

    /** Percentage of a lane below which a bar has no room for a name on a phone. */
    private static final int NARROW = 20;

    /** Percentage of a lane below which a bar has no room for any text. */
    private static final int TOO_NARROW = 4;

    private final FleetReport report;
    private final Instant begin;
    private final Duration length;

    HtmlTimeline(FleetReport report) {
        this.report = report;
        this.begin = report.began();
        Instant end = report.tasks().stream()
                .flatMap(task -> task.times().ended().stream())
                .max(Instant::compareTo)
                .orElse(begin);
        Duration all = Duration.between(begin, end);
        this.length = all.toMillis() > 0 ? all : Duration.ofSeconds(1);
    }

    String lanes() {
        Map<AgentName, List<TaskReport>> byAgent = report.tasks().stream()
                .filter(task -> task.agent().isPresent() && task.times().began().isPresent())
                .collect(Collectors.groupingBy(task -> task.agent().orElseThrow(), TreeMap::new, Collectors.toList()));
        if (byAgent.isEmpty()) {
            return "<p class=\"quiet\">Nobody has begun anything.</p>";
        }
        String lanes = byAgent.entrySet().stream()
                .map(lane -> lane(lane.getKey(), lane.getValue()))
                .collect(Collectors.joining("\n"));
        return lanes + "\n<div class=\"scale\"><span>0</span><span>" + Durations.toText(length) + "</span></div>";
    }

    private String lane(AgentName agent, List<TaskReport> tasks) {
        return "<div class=\"lane\"><span>" + agent + "</span><div class=\"track\">"
                + tasks.stream().map(task -> bar(task) + rounds(task)).collect(Collectors.joining())
                + "</div></div>";
    }

    private String bar(TaskReport task) {
        double left = percent(Duration.between(begin, task.times().began().orElseThrow()));
        double width = Math.min(100 - left, percent(task.times().took()));
        String name = task.task().part().orElse(task.task().queue().value());
        return String.format(
                Locale.ROOT,
                "<a class=\"bar %s\" style=\"left:%.2f%%;width:%.2f%%\" href=\"#%s\" title=\"%s: %s, %s\">%s</a>",
                HtmlTask.tone(task.outcome()) + (width < NARROW ? " narrow" : ""),
                left,
                width,
                HtmlTask.anchor(task),
                task.task(),
                task.outcome().value(),
                Durations.toText(task.times().took()),
                width < TOO_NARROW ? "" : "<span>" + HtmlTask.sign(task.outcome()) + " " + name + "</span>");
    }

    /** Marks the begin of each round after the first. */
    private String rounds(TaskReport task) {
        return task.exit().check().map(TaskReport.Check::rounds).orElse(List.of()).stream()
                .filter(round -> round.number() > 1)
                .map(round -> String.format(
                        Locale.ROOT,
                        "<i class=\"round\" style=\"left:%.2f%%\" title=\"%s: round %d\"></i>",
                        percent(Duration.between(begin, round.began())),
                        task.task(),
                        round.number()))
                .collect(Collectors.joining());
    }

    private double percent(Duration time) {
        return Math.max(0, Math.min(100, 100.0 * time.toMillis() / length.toMillis()));
    }
}
