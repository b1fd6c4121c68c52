package io.github.claudefleet.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.work.FleetReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code fleet.json}: its fields are the file's. What may be missing is null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record FleetIndex(
        int schemaVersion,
        String fleet,
        String began,
        String ended,
        BigDecimal costUsd,
        BigDecimal maxCostUsd,
        TaskIndex.Tokens tokens,
        List<TaskIndex> tasks) {

    /** Of the form; what is added to it leaves the number as it is. */
    static final int VERSION = 1;

    static FleetIndex of(FleetReport report) {
        return new FleetIndex(
                VERSION,
                report.fleet().value(),
                report.began().toString(),
                report.ended().map(Instant::toString).orElse(null),
                report.cost().amount(),
                report.maxCost().map(Usd::amount).orElse(null),
                TaskIndex.Tokens.of(report.tokens()),
                report.tasks().stream().map(TaskIndex::of).toList());
    }

    FleetReport toReport() {
        return new FleetReport(
                new FleetName(fleet),
                Instant.parse(began),
                Optional.ofNullable(ended).map(Instant::parse),
                Optional.ofNullable(maxCostUsd).map(Usd::new),
                tasks.stream().map(TaskIndex::toReport).toList());
    }
}
