package io.github.claudefleet.supervise;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.WorkSpec;
import io.github.claudefleet.task.ContainerEnd;
import io.github.claudefleet.task.TaskBoard;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Registers agents for supervision: adds them to the pool, and tells the board which tasks they have already. */
record AgentRegistration(TaskBoard board, AgentPool pool, InstantSource clock) {

    private static final Set<ContainerState> ENDED = EnumSet.of(ContainerState.EXITED, ContainerState.DEAD);

    void register(WorkSpec work, ObservedFleet observed) {
        for (TaskQueue queue : work.queues()) {
            queue.agents().forEach(agent -> register(agent, queue, observed.agent(agent)));
        }
    }

    private void register(AgentName agent, TaskQueue queue, Optional<ContainerObservation> container) {
        if (container.isEmpty()) {
            board.vanished(agent, ContainerEnd.gone(), clock.instant());
            return;
        }
        board.agentUp(agent, container.get().imageId());
        pool.add(agent, container.get());
        if (ENDED.contains(container.get().state())) {
            board.endedBefore(agent);
        } else if (!queue.atOnce() && container.get().state() == ContainerState.RUNNING) {
            pool.tasksOf(agent)
                    .forEach(known -> board.sent(known.task(), agent, known.attempt(), known.ended(), clock.instant()));
        }
    }
}
