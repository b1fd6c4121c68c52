package io.github.claudefleet.task;

import java.util.List;
import java.util.OptionalInt;

/**
 * Inspection of what an agent made in an attempt, done where the agent has no access.
 *
 * @param protectedFiles files that the agent has changed and must not
 * @param exitCode exit status of the check; empty if it did not run
 * @param output last lines that the check printed
 * @param problem reason why something could not be inspected; empty if there was none
 */
public record Inspection(List<String> protectedFiles, OptionalInt exitCode, String output, String problem) {

    public Inspection {
        protectedFiles = List.copyOf(protectedFiles);
    }

    /** Returns an inspection that ran no check. */
    public static Inspection of(List<String> protectedFiles) {
        return new Inspection(protectedFiles, OptionalInt.empty(), "", "");
    }

    /** Returns an inspection that was not possible. */
    public static Inspection failed(String problem) {
        return new Inspection(List.of(), OptionalInt.empty(), "", problem);
    }

    /** Returns the result of an attempt with this result so far. */
    TaskResult applyTo(TaskResult result) {
        return switch (result.outcome()) {
            case DONE, CHECK_FAILED, NOT_CHECKED -> applied(result);
            default -> result;
        };
    }

    private TaskResult applied(TaskResult result) {
        if (!protectedFiles.isEmpty()) {
            int more = protectedFiles.size() - 1;
            return TaskResult.of(
                    Outcome.PROTECTED_FILE_CHANGED,
                    "it changed " + protectedFiles.get(0) + (more > 0 ? " and " + more + " more" : "")
                            + ", which agent.check.protect protects");
        }
        return problem.isEmpty()
                ? result
                : TaskResult.of(Outcome.NOT_CHECKED, "its changes could not be inspected: " + problem);
    }
}
