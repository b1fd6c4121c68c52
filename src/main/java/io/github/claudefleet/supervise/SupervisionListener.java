package io.github.claudefleet.supervise;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.Outcome;
import java.time.Duration;
import java.util.List;

/** Listener to agents at work and to their tasks. All calls come from the thread that supervises the fleet. */
public interface SupervisionListener {

    /** Reports that the tasks are followed until each has an outcome. */
    default void awaiting(FleetName fleet, int tasks, int agents) {}

    /**
     * Reports the cost of all fleets of the project today, before any task is started.
     *
     * @param most maximum cost in a day
     */
    default void costOfToday(Usd cost, Usd most) {}

    /** Reports that an attempt of a task has begun. */
    default void taskBegan(TaskId task, AgentName agent, int attempt) {}

    /** Returns true if {@link #activity} may be called often, because each call replaces the display of the last. */
    default boolean showsInPlace() {
        return false;
    }

    /**
     * Reports the agents' current activity, and the progress of all tasks.
     *
     * @param ended number of tasks that have ended
     * @param all number of all tasks
     */
    default void activity(List<AgentActivity> agents, int ended, int all, Usd cost) {}

    /** Reports that {@link #activity} will not be called again. */
    default void activityEnded() {}

    /** Warns that a running task is being stopped. */
    default void taskStopping(TaskId task, AgentName agent, String reason) {}

    /**
     * Warns that a task will be retried.
     *
     * @param outcome outcome of the last attempt
     * @param reason may be empty
     */
    default void taskRetried(TaskId task, Outcome outcome, String reason) {}

    /**
     * Another round begins for a task whose check failed.
     *
     * @param round number of the round
     * @param of maximum number of rounds, the first one included
     * @param reason reason why the last one was not enough
     */
    default void roundBegins(TaskId task, int round, int of, String reason) {}

    /**
     * Reports the end of a task.
     *
     * @param reason may be empty
     * @param took duration of all attempts; zero if the task has not begun
     */
    default void taskEnded(TaskId task, Outcome outcome, String reason, Usd cost, Duration took) {}

    /** Warns that the engine does not answer and that the plugin waits for it. */
    default void engineAway(Duration atMost) {}

    /** Warns that the engine had been away and answers again. */
    default void engineBack(Duration away) {}

    /** Warns that a task failed while the fleet's gateway did not run. */
    default void gatewayGone() {}

    /** Warns that no task starts until the quota is reset. */
    default void launchesHeld(String when) {}

    /**
     * Reports that all tasks have ended.
     *
     * @param done number of tasks with the outcome {@code done}
     */
    default void allTasksEnded(int done, int all, Usd cost, Duration took) {}
}
