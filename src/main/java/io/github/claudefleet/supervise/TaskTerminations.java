package io.github.claudefleet.supervise;

import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.WorkSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Terminations under way, one for each attempt that exceeded a limit. */
final class TaskTerminations {

    private final WorkSpec work;
    private final AgentPool pool;
    private final Map<TaskId, TerminationSequence> sequences = new HashMap<>();

    TaskTerminations(WorkSpec work, AgentPool pool) {
        this.work = work;
        this.pool = pool;
    }

    void begin(TaskId task, Instant now) {
        sequences.put(task, new TerminationSequence(grace(task), now));
    }

    /** Ends a task's termination, because its attempt is over. */
    void end(TaskId task) {
        sequences.remove(task);
    }

    /** Performs the stages that are due. */
    void perform(Instant now) {
        sequences.forEach((task, sequence) -> sequence.due(now).ifPresent(stage -> pool.stop(task, stage)));
    }

    private Duration grace(TaskId task) {
        return work.queues().stream()
                .filter(queue -> queue.name().equals(task.queue()))
                .map(queue -> queue.taskTimeouts().grace())
                .findFirst()
                .orElseThrow();
    }
}
