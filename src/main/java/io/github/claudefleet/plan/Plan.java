package io.github.claudefleet.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be done, stage after stage; the steps of one stage don't depend on each other.
 *
 * @param stages none of them empty
 */
public record Plan(List<Stage> stages) {

    /** Nothing to do. */
    public static final Plan NOTHING = new Plan(List.of());

    /** Steps that may be done at once. */
    public record Stage(List<Step> steps) {}

    /** One operation and why. */
    public record Step(Operation operation, Cause cause) {

        /** The operation and its cause on one line. */
        public String text() {
            return operation.text() + " (" + cause.text() + ")";
        }
    }

    /** A plan of the stages that have something in them. */
    static Plan of(List<Step> first, List<Step> second) {
        return new Plan(Stream.of(first, second)
                .filter(steps -> !steps.isEmpty())
                .map(Stage::new)
                .toList());
    }

    /** A plan of one step. */
    static Plan of(Operation operation, Cause cause) {
        return new Plan(List.of(new Stage(List.of(new Step(operation, cause)))));
    }

    public boolean isEmpty() {
        return stages.isEmpty();
    }

    /** Whether it makes a container. */
    public boolean creates() {
        return steps().stream().anyMatch(step -> step.operation() instanceof Operation.CreateContainer);
    }

    /** All steps in their order. */
    public List<Step> steps() {
        return stages.stream().flatMap(stage -> stage.steps().stream()).toList();
    }

    /** One plan after the other. */
    public Plan then(Plan next) {
        return new Plan(Stream.concat(stages.stream(), next.stages.stream()).toList());
    }

    /** The plan for people, a line for each step; an empty text for an empty plan. */
    public String asText() {
        return steps().stream().map(Step::text).collect(Collectors.joining("\n"));
    }
}
