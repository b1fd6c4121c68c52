package io.github.claudefleet.follow;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.work.Decision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The agents that work: follows each, and hands on what each is to do, without keeping who asks for that waiting. */
final class Crew implements AutoCloseable {

    private final ContainerEngine engine;
    private final Orders orders;
    private final TaskFiles files;
    private final BlockingQueue<Signal> inbox;
    private final FleetSpec spec;
    private final Map<AgentName, Member> members = new HashMap<>();
    private final Map<TaskId, AgentName> atWork = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Crew::daemon);

    Crew(ContainerEngine engine, FleetSpec spec, TaskFiles files, BlockingQueue<Signal> inbox) {
        this.engine = engine;
        this.spec = spec;
        this.files = files;
        this.inbox = inbox;
        this.orders = new Orders(engine);
    }

    /** An agent and who reads what it prints. */
    private static final class Member {
        private final String containerId;
        private final AgentFollower follower;
        private boolean followed;
        /** To be started once its container has ended. */
        private Optional<Decision.Launch> next = Optional.empty();

        Member(String containerId, AgentFollower follower) {
            this.containerId = containerId;
            this.follower = follower;
        }
    }

    void add(AgentName agent, ContainerObservation container) {
        AgentFollower follower = new AgentFollower(engine, agent, container.id(), files.scribe(), inbox);
        members.put(agent, new Member(container.id(), follower));
    }

    void followAll(InstantSource clock) {
        members.values().stream()
                .map(member -> member.containerId)
                .findFirst()
                .ifPresent(any -> threads.execute(new EngineWatch(engine, any, clock, inbox)));
        members.keySet().forEach(this::follow);
    }

    /** Reads what it prints, from where that was left. */
    void follow(AgentName agent) {
        Member member = members.get(agent);
        member.followed = true;
        threads.execute(member.follower);
    }

    /** The orders that an agent was given before. */
    List<Orders.Known> ordersOf(AgentName agent) {
        return orders.known(members.get(agent).containerId);
    }

    void began(TaskId task, AgentName agent) {
        atWork.put(task, agent);
    }

    /** Its container has ended; whether it is started again. */
    boolean isStartedAgain(AgentName agent) {
        Member member = members.get(agent);
        member.followed = false;
        Optional<Decision.Launch> next = member.next;
        member.next = Optional.empty();
        next.ifPresent(launch -> start(member, launch));
        return next.isPresent();
    }

    /** Has an agent begin a task; what goes wrong comes as a signal. */
    void launch(Decision.Launch launch) {
        Member member = members.get(launch.agent());
        if (!launch.atOnce()) {
            give(member, launch);
        } else if (member.followed) {
            member.next = Optional.of(launch);
        } else {
            start(member, launch);
        }
    }

    private void start(Member member, Decision.Launch launch) {
        threads.execute(() -> attempt(launch, () -> {
            engine.start(member.containerId);
            say(new Signal.Started(launch.agent()));
            return Optional.empty();
        }));
    }

    private void give(Member member, Decision.Launch launch) {
        List<String> arguments = launch.budget().map(ClaudeOptions::budget).orElse(List.of());
        threads.execute(() ->
                attempt(launch, () -> orders.give(member.containerId, launch.task(), launch.attempt(), arguments)));
    }

    private void say(Signal signal) {
        try {
            inbox.put(signal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Attempt {
        Optional<String> run();
    }

    private void attempt(Decision.Launch launch, Attempt attempt) {
        try {
            attempt.run().ifPresent(reason -> say(new Signal.NotGiven(launch.task(), launch.agent(), reason, false)));
        } catch (EngineException e) {
            say(new Signal.NotGiven(launch.task(), launch.agent(), e.getMessage(), true));
        }
    }

    /** Takes a run a step nearer to its end. */
    void stop(TaskId task, Stopping.Stage stage) {
        Optional<Member> member = Optional.ofNullable(atWork.get(task)).map(members::get);
        member.ifPresent(one -> threads.execute(() -> stop(one.containerId, task, stage)));
    }

    private void stop(String containerId, TaskId task, Stopping.Stage stage) {
        try {
            switch (stage) {
                case INTERRUPT -> orders.signal(containerId, task, "INT", false);
                case TERMINATE -> orders.signal(containerId, task, "TERM", false);
                case KILL -> orders.signal(containerId, task, "KILL", true);
                case KILL_CONTAINER -> engine.stop(containerId, Duration.ZERO);
                case NOTHING_MORE -> {}
            }
        } catch (EngineException e) {
            // The next step is harder; the last one ends the container, which its follower learns of.
            return;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "claude-fleet-follow");
        thread.setDaemon(true);
        return thread;
    }
}
