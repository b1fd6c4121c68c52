package io.github.claudefleet.supervise;

import io.github.claudefleet.spec.DailyLimit;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.AttemptReport;
import io.github.claudefleet.task.TaskBoard;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Costs of the project's fleets today: records those of the fleet's own attempts, and reads those of all. */
final class DailyCosts {

    /** Time after which the costs of others are read again. */
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);

    private final FleetSpec spec;
    private final ZoneId zone;
    private final SupervisionListener listener;
    private List<CostLedger.AttemptCost> recorded = List.of();
    private Instant nextRead = Instant.MIN;

    DailyCosts(FleetSpec spec, ZoneId zone, SupervisionListener listener) {
        this.spec = spec;
        this.zone = zone;
        this.listener = listener;
    }

    /**
     * Tells the board the costs of today, if they may have changed, and the listener those that are read first.
     *
     * @throws InvalidSpecException if the ledger can't be used, so that the limit can't be kept
     */
    void update(TaskBoard board, Instant now) throws InterruptedException {
        if (spec.work().daily().isEmpty()) {
            return;
        }
        List<CostLedger.AttemptCost> costs = costs(board, now);
        if (isRecorded(costs) && now.isBefore(nextRead)) {
            return;
        }
        Usd today = exchange(spec.work().daily().get(), costs, now);
        board.spentToday(today);
        if (nextRead.equals(Instant.MIN)) {
            listener.costOfToday(today, spec.work().daily().get().maxCost());
        }
        recorded = costs;
        nextRead = now.plus(BETWEEN_READS);
    }

    /** Compares without the times, which for attempts that are under way are the present one. */
    private boolean isRecorded(List<CostLedger.AttemptCost> costs) {
        return costs.stream()
                .map(CostLedger.AttemptCost::cost)
                .toList()
                .equals(recorded.stream().map(CostLedger.AttemptCost::cost).toList());
    }

    private Usd exchange(DailyLimit limit, List<CostLedger.AttemptCost> costs, Instant now)
            throws InterruptedException {
        String project = spec.id().project().id();
        try {
            return new CostLedger(limit.directory().resolve(project + ".costs"), zone).exchange(costs, now);
        } catch (IOException e) {
            throw new InvalidSpecException(
                    "costDirectory",
                    PathText.of(limit.directory()) + " can't have the costs of today, which maxCostPerDay needs ("
                            + FileProblem.of(e) + ")",
                    "Name a directory that you can write. The agents go on; run claude-fleet:await again for them.");
        }
    }

    private List<CostLedger.AttemptCost> costs(TaskBoard board, Instant now) {
        return board.attemptReports().stream()
                .filter(attempt -> attempt.usage().cost().compareTo(Usd.ZERO) > 0)
                .map(attempt -> new CostLedger.AttemptCost(
                        key(attempt), attempt.usage().cost(), attempt.ended().orElse(now)))
                .toList();
    }

    /** Identifies an attempt by its start, too: a fleet that was started again begins with attempt 1. */
    private String key(AttemptReport attempt) {
        return spec.name() + "/" + attempt.task() + "#" + attempt.number() + "@"
                + attempt.began().toEpochMilli();
    }
}
