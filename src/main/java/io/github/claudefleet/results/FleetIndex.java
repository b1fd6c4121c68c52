package io.github.claudefleet.results;

import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.FleetReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Contents of {@code fleet.json}, with the file's field names. Missing fields are null. */
record FleetIndex(
        int schemaVersion,
        String fleet,
        String project,
        String build,
        String began,
        String ended,
        String collected,
        BigDecimal costUsd,
        BigDecimal maxCostUsd,
        TaskIndex.Tokens tokens,
        List<TaskIndex> tasks,
        List<TaskIndex> earlierTasks) {

    /** Version of the format; additional fields do not change it. */
    static final int VERSION = 1;

    static FleetIndex of(FleetResults results) {
        FleetReport report = results.report();
        return new FleetIndex(
                VERSION,
                report.fleet().value(),
                results.origin().project(),
                results.origin().build(),
                report.began().toString(),
                report.ended().map(Instant::toString).orElse(null),
                results.collected().map(Instant::toString).orElse(null),
                report.cost().amount(),
                report.maxCost().map(Usd::amount).orElse(null),
                TaskIndex.Tokens.of(report.tokens()),
                report.tasks().stream().map(TaskIndex::of).toList(),
                results.earlier().isEmpty()
                        ? null
                        : results.earlier().stream().map(TaskIndex::of).toList());
    }

    FleetResults toResults(List<EgressUse> egress) {
        FleetReport report = new FleetReport(
                new FleetName(fleet),
                Instant.parse(began),
                Optional.ofNullable(ended).map(Instant::parse),
                Optional.ofNullable(maxCostUsd).map(Usd::new),
                tasks.stream().map(TaskIndex::toReport).toList());
        return new FleetResults(
                new ResultsOrigin(report.fleet(), Objects.requireNonNull(project), Objects.requireNonNull(build)),
                report,
                Optional.ofNullable(earlierTasks).orElse(List.of()).stream()
                        .map(TaskIndex::toReport)
                        .toList(),
                egress,
                Optional.ofNullable(collected).map(Instant::parse));
    }
}
