package io.github.claudefleet.supervise;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskAction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;

/** Pool of the agents at work. Follows each agent and sends it its tasks, without blocking the caller. */
final class AgentPool implements AutoCloseable {

    private final ContainerEngine engine;
    private final TaskChannel channel;
    private final TaskDelivery delivery;
    private final AgentWork work;
    private final TaskFiles files;
    private final BlockingQueue<AgentMessage> inbox;
    private final FleetSpec spec;
    private final Map<AgentName, Member> members = new HashMap<>();
    private final Map<TaskId, AgentName> atWork = new HashMap<>();
    private final ExecutorService threads;
    private final Scheduling.Pause pause;

    AgentPool(
            ContainerEngine engine,
            FleetSpec spec,
            TaskFiles files,
            BlockingQueue<AgentMessage> inbox,
            AgentWork work,
            Scheduling scheduling) {
        this.engine = engine;
        this.spec = spec;
        this.files = files;
        this.inbox = inbox;
        this.threads = scheduling.threads();
        this.pause = scheduling.pause();
        this.work = work;
        this.channel = new TaskChannel(engine, pause);
        this.delivery = new TaskDelivery(engine, spec, work, channel);
    }

    /** Agent with the follower of its output. */
    private static final class Member {
        private final String containerId;
        private final AgentFollower follower;
        private boolean followed;
        /** Launch to perform once the container has ended. */
        private Optional<TaskAction.Launch> next = Optional.empty();

        Member(String containerId, AgentFollower follower) {
            this.containerId = containerId;
            this.follower = follower;
        }
    }

    void add(AgentName agent, ContainerObservation container) {
        AgentFollower follower = new AgentFollower(engine, agent, container.id(), files.scribe(), inbox, pause);
        members.put(agent, new Member(container.id(), follower));
    }

    void followAll(InstantSource clock) {
        members.values().stream()
                .map(member -> member.containerId)
                .findFirst()
                .ifPresent(any -> threads.execute(new EngineWatch(engine, any, clock, inbox, pause)));
        members.keySet().forEach(this::follow);
    }

    /** Reads the agent's output, from its last position. */
    void follow(AgentName agent) {
        Member member = members.get(agent);
        member.followed = true;
        threads.execute(member.follower);
    }

    /** Returns the tasks that were sent to an agent before. */
    List<TaskChannel.Known> tasksOf(AgentName agent) {
        return channel.known(members.get(agent).containerId);
    }

    void began(TaskId task, AgentName agent) {
        atWork.put(task, agent);
    }

    /** Handles the end of an agent's container. Returns true if the container is started again. */
    boolean isStartedAgain(AgentName agent) {
        Member member = members.get(agent);
        member.followed = false;
        Optional<TaskAction.Launch> next = member.next;
        member.next = Optional.empty();
        next.ifPresent(launch -> start(member, launch));
        return next.isPresent();
    }

    /** Makes an agent begin a task. A failure is sent as a message. */
    void launch(TaskAction.Launch launch) {
        Member member = members.get(launch.agent());
        if (!launch.atOnce()) {
            send(member, launch);
        } else if (member.followed) {
            member.next = Optional.of(launch);
        } else {
            start(member, launch);
        }
    }

    private void start(Member member, TaskAction.Launch launch) {
        inBackground(launch.agent(), () -> {
            try {
                engine.containers().start(member.containerId);
                say(new AgentMessage.Started(launch.agent()));
            } catch (EngineException e) {
                say(new AgentMessage.NotSent(launch.task(), launch.agent(), Outcome.UNKNOWN, e.getMessage()));
            }
        });
    }

    private void send(Member member, TaskAction.Launch launch) {
        inBackground(
                launch.agent(),
                () -> delivery.deliver(member.containerId, launch).ifPresent(this::say));
    }

    /** Performs work that the supervisor waits for. An unexpected exception is sent, so that the wait ends. */
    private void inBackground(AgentName agent, Runnable work) {
        threads.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                say(new AgentMessage.Failed(agent, e));
            }
        });
    }

    private void say(AgentMessage message) {
        try {
            inbox.put(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Inspects what an agent made. The result is sent as a message. */
    void inspect(TaskAction.Inspect wanted) {
        inBackground(wanted.agent(), () -> {
            try {
                say(new AgentMessage.Inspected(
                        wanted.task(), work.inspect(wanted.agent(), wanted.task(), wanted.check())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Measures what an agent made. The result is sent as a message. */
    void measure(TaskAction.Measure wanted) {
        inBackground(wanted.agent(), () -> say(new AgentMessage.Measured(wanted.task(), work.size(wanted.agent()))));
    }

    /** Performs a stage of the termination of an attempt. */
    void stop(TaskId task, TerminationSequence.Stage stage) {
        Optional<Member> member = Optional.ofNullable(atWork.get(task)).map(members::get);
        member.ifPresent(one -> threads.execute(() -> stop(one.containerId, task, stage)));
    }

    private void stop(String containerId, TaskId task, TerminationSequence.Stage stage) {
        try {
            switch (stage) {
                case INTERRUPT -> channel.signal(containerId, task, "INT", false);
                case TERMINATE -> channel.signal(containerId, task, "TERM", false);
                case KILL -> channel.signal(containerId, task, "KILL", true);
                case KILL_CONTAINER -> engine.containers().stop(containerId, Duration.ZERO);
                case NOTHING_MORE -> {}
            }
        } catch (EngineException e) {
            // The next stage is harder. The last one ends the container, which its follower notices.
            return;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
