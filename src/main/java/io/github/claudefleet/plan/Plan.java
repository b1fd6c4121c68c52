package io.github.claudefleet.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Operations in stages, which are applied one after the other; the steps of one stage are independent.
 *
 * @param stages stages, none of them empty
 */
public record Plan(List<Stage> stages) {

    /** Plan without operations. */
    public static final Plan NOTHING = new Plan(List.of());

    /** Steps that may be applied concurrently. */
    public record Stage(List<Step> steps) {}

    /** Operation with its cause. */
    public record Step(Operation operation, Cause cause) {

        /** Returns the operation and its cause on one line. */
        public String text() {
            return operation.text() + " (" + cause.text() + ")";
        }
    }

    /** Creates a plan of the stages that are not empty. */
    static Plan of(List<Step> first, List<Step> second) {
        return new Plan(Stream.of(first, second)
                .filter(steps -> !steps.isEmpty())
                .map(Stage::new)
                .toList());
    }

    /** Creates a plan of one step. */
    static Plan of(Operation operation, Cause cause) {
        return new Plan(List.of(new Stage(List.of(new Step(operation, cause)))));
    }

    public boolean isEmpty() {
        return stages.isEmpty();
    }

    /** Returns true if the plan creates a container. */
    public boolean creates() {
        return steps().stream().anyMatch(step -> step.operation() instanceof Operation.CreateContainer);
    }

    /** Returns all steps in their order. */
    public List<Step> steps() {
        return stages.stream().flatMap(stage -> stage.steps().stream()).toList();
    }

    /** Appends another plan to this one. */
    public Plan then(Plan next) {
        return new Plan(Stream.concat(stages.stream(), next.stages.stream()).toList());
    }

    /** Formats the plan for people, a line for each step; empty for an empty plan. */
    public String asText() {
        return steps().stream().map(Step::text).collect(Collectors.joining("\n"));
    }
}
