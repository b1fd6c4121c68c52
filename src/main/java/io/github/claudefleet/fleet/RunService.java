package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.results.ResultsCheck;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.FleetSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts fleets whose results are stored, and runs a fleet from its start to its stop. */
record RunService(FleetContext context, StartService starting, AwaitService awaiting, FleetStopper stopping) {

    List<Readiness> start(FleetSpec asked, Path results) throws InterruptedException {
        if (asked.work().isNone()) {
            return starting.start(asked, spec -> {});
        }
        ResultsCheck.check(results);
        return starting.start(asked, spec -> {
            ResultsWriter writer = awaiting.resultsOf(spec, results);
            writer.keepPrevious();
            writer.begin(spec.name(), spec.work().maxCost(), context.now());
        });
    }

    void run(FleetSpec spec, Path results, Optional<Path> compareWith) throws InterruptedException {
        start(spec, results);
        try {
            awaiting.await(spec, results, compareWith);
        } finally {
            Uninterruptibly.run(() -> stopping.stop(spec.id(), spec.timeouts(), results));
        }
    }
}
