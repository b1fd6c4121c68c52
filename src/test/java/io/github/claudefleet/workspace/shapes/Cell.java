package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.WorkspaceStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Combination of a shape, a strategy and an event. */
record Cell(WorkspaceStrategy strategy, RepositoryShape shape, Event event) {

    /**
     * Divisor of the selection for each run, a prime number: over all strategies, each shape and each event is
     * selected. It limits a run to about a minute of processor time.
     */
    private static final int ONE_IN = 29;

    /** Events of a strategy, in the order of the document. */
    static List<Event> events(WorkspaceStrategy strategy) {
        return Stream.<Event[]>of(Scenario.values(), DirectScenario.values(), KillScenario.values())
                .flatMap(Arrays::stream)
                .filter(event -> event.happensTo(strategy))
                .toList();
    }

    static List<Cell> all() {
        return Arrays.stream(WorkspaceStrategy.values())
                .flatMap(strategy -> Arrays.stream(RepositoryShape.values())
                        .flatMap(shape -> events(strategy).stream().map(event -> new Cell(strategy, shape, event))))
                .toList();
    }

    /** Checks that this combination belongs to the selection for each run of the tests. */
    boolean isInEachRun() {
        return (shape.ordinal() + 3 * events(strategy).indexOf(event) + 5 * strategy.ordinal()) % ONE_IN == 0;
    }

    @Override
    public String toString() {
        return strategy.value() + ", " + shape.words() + ", " + event.words();
    }
}
