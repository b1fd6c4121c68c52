package io.github.claudefleet.telemetry;

import io.github.claudefleet.claude.SpanContext;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.spec.Sha256;
import io.github.claudefleet.task.AttemptReport;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Spans of a run: one for the fleet, one for each task, one for each attempt. The trace's id and those of attempts are
 * the ones that the CLI's own telemetry has. All others are derived from the fleet and the begin of its first task. So a
 * run that is awaited again has the same trace.
 *
 * @param attempts attempts at the report's tasks
 */
record FleetTrace(FleetId fleet, FleetReport report, List<AttemptReport> attempts) {

    private static final int TRACE_ID = 32;
    private static final int SPAN_ID = 16;
    private static final String COST = "claude_fleet.cost_usd";
    private static final String TURNS = "claude_fleet.turns";
    private static final String AGENT = "claude_fleet.agent";
    private static final String TASK = "claude_fleet.task";

    /**
     * Span of the trace.
     *
     * @param parent id of the span that contains this one; empty for the root
     * @param attributes values of type String, Long or Double
     * @param error description of the error; empty if there is none
     */
    record Span(
            String id,
            Optional<String> parent,
            String name,
            Instant began,
            Instant ended,
            Map<String, Object> attributes,
            Optional<String> error) {}

    /** Returns the id of the trace. An agent can print another one, so the most frequent one counts. */
    String id() {
        Map<String, Long> traces = attempts.stream()
                .flatMap(attempt -> attempt.span().stream())
                .collect(Collectors.groupingBy(SpanContext::trace, TreeMap::new, Collectors.counting()));
        return traces.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseGet(() -> hash("trace", TRACE_ID));
    }

    /** Returns the spans, each after its parent. */
    List<Span> spans() {
        Span root = root();
        List<Span> spans = new ArrayList<>(List.of(root));
        String trace = id();
        for (TaskReport task : report.tasks()) {
            Span span = of(task, root);
            spans.add(span);
            List<AttemptReport> own = attempts.stream()
                    .filter(attempt -> attempt.task().equals(task.task()))
                    .toList();
            for (AttemptReport attempt : own) {
                boolean last = attempt == own.get(own.size() - 1);
                Optional<String> error = last ? error(task) : Optional.of("begun again");
                spans.add(of(attempt, id(attempt, trace), span, error));
            }
        }
        return spans;
    }

    private Span root() {
        long done = report.count(Outcome.DONE);
        int all = (int) report.counted();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("claude_fleet.fleet", fleet.name().value());
        if (Rehearsal.isOf(fleet.name())) {
            attributes.put("claude_fleet.rehearsal", true);
        }
        attributes.put("claude_fleet.build", fleet.buildIdentity().build());
        attributes.put("claude_fleet.tasks", (long) all);
        attributes.put("claude_fleet.tasks_done", done);
        attributes.put(COST, report.cost().amount().doubleValue());
        return new Span(
                hash("fleet", SPAN_ID),
                Optional.empty(),
                "fleet " + fleet.name(),
                report.began(),
                end(),
                attributes,
                done == all ? Optional.empty() : Optional.of(done + " of " + all + " tasks done"));
    }

    private Span of(TaskReport task, Span root) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(TASK, task.task().toString());
        task.agent().ifPresent(agent -> attributes.put(AGENT, agent.value()));
        attributes.put("claude_fleet.outcome", task.outcome().value());
        attributes.put("claude_fleet.attempts", (long) task.attempts());
        attributes.put(COST, task.usage().cost().amount().doubleValue());
        attributes.put(TURNS, (long) task.usage().turns());
        Instant began = task.times().began().orElse(root.ended());
        return new Span(
                hash(task.task().toString(), SPAN_ID),
                Optional.of(root.id()),
                "task " + task.task(),
                began,
                latest(began, task.times().ended().orElse(root.ended())),
                attributes,
                error(task));
    }

    private String id(AttemptReport attempt, String trace) {
        return attempt.span()
                .filter(span -> span.trace().equals(trace))
                .map(SpanContext::span)
                .orElseGet(() -> hash(attempt.task() + "@" + attempt.number(), SPAN_ID));
    }

    private Span of(AttemptReport attempt, String id, Span task, Optional<String> error) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(TASK, attempt.task().toString());
        attributes.put(AGENT, attempt.agent().value());
        attributes.put("claude_fleet.attempt", (long) attempt.number());
        attributes.put(COST, attempt.usage().cost().amount().doubleValue());
        attributes.put(TURNS, (long) attempt.usage().turns());
        attributes.putAll(GenAiAttributes.of(attempt));
        return new Span(
                id,
                Optional.of(task.id()),
                "invoke_agent " + attempt.agent(),
                attempt.began(),
                latest(attempt.began(), attempt.ended().orElse(task.ended())),
                attributes,
                error);
    }

    private static Optional<String> error(TaskReport task) {
        String reason = task.reason().isEmpty() ? "" : ": " + task.reason();
        return task.outcome() == Outcome.DONE || task.outcome().isNeutral()
                ? Optional.empty()
                : Optional.of(task.outcome().value() + reason);
    }

    /** Returns the end of the last attempt, which is the same whenever the run is awaited. */
    private Instant end() {
        Optional<Instant> last = Stream.concat(
                        report.tasks().stream().flatMap(task -> task.times().ended().stream()),
                        attempts.stream().flatMap(attempt -> attempt.ended().stream()))
                .max(Instant::compareTo);
        return latest(report.began(), last.or(report::ended).orElse(report.began()));
    }

    private static Instant latest(Instant first, Instant second) {
        return second.isAfter(first) ? second : first;
    }

    private String hash(String what, int length) {
        String run = fleet.name() + "\n" + fleet.project().directory() + "\n" + report.began();
        return new Sha256().add(run).add(what).hex().substring(0, length);
    }
}
