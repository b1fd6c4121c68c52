package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.WorkspaceStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A combination of a shape, a strategy and an event. */
record Cell(WorkspaceStrategy strategy, RepositoryShape shape, Event event) {

    /** A prime number: over the strategies, each shape and each event has its turn. It bounds a run to a minute or so of processor. */
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

    /** A choice that is played in each run of the tests. */
    boolean isInEachRun() {
        return (shape.ordinal() + 3 * events(strategy).indexOf(event) + 5 * strategy.ordinal()) % ONE_IN == 0;
    }

    @Override
    public String toString() {
        return strategy.value() + ", " + shape.words() + ", " + event.words();
    }
}
