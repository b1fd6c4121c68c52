package io.github.claudefleet.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Queue with one task and one agent of its own name; a test sets everything else. */
public final class SampleQueue {

    private final AgentName name;
    private List<TaskId> tasks;
    private List<AgentName> agents;
    private boolean atOnce;
    private List<AgentName> dependsOn = List.of();
    private TaskTimeouts taskTimeouts = TaskTimeouts.DEFAULT;
    private Optional<Usd> maxCost = Optional.empty();
    private int retries;
    private Optional<String> check = Optional.empty();

    private SampleQueue(AgentName name) {
        this.name = name;
        this.tasks = List.of(TaskId.of(name));
        this.agents = List.of(name);
    }

    public static SampleQueue named(String name) {
        return new SampleQueue(new AgentName(name));
    }

    public SampleQueue tasks(String... parts) {
        tasks = Stream.of(parts).map(part -> TaskId.of(name, part)).toList();
        return this;
    }

    /** Sets the number of agents, which are replicas. */
    public SampleQueue agents(int number) {
        agents = IntStream.rangeClosed(1, number)
                .mapToObj(replica -> new AgentName(name + "-" + replica))
                .toList();
        return this;
    }

    /** Lets the agent begin its task by itself. */
    public SampleQueue atOnce() {
        atOnce = true;
        return this;
    }

    public SampleQueue dependsOn(String... queues) {
        dependsOn = Stream.of(queues).map(AgentName::new).toList();
        return this;
    }

    public SampleQueue timeouts(Duration total, Duration idle, Duration background, Duration grace) {
        taskTimeouts = new TaskTimeouts(Optional.of(total), Optional.of(idle), Optional.of(background), grace);
        return this;
    }

    public SampleQueue maxCost(Usd most) {
        maxCost = Optional.of(most);
        return this;
    }

    public SampleQueue retries(int number) {
        retries = number;
        return this;
    }

    public SampleQueue check(String command) {
        check = Optional.of(command);
        return this;
    }

    public TaskQueue queue() {
        List<Task> all =
                tasks.stream().map(id -> new Task(id, new Prompt("Do " + id))).toList();
        return new TaskQueue(name, all, agents, atOnce, dependsOn, taskTimeouts, maxCost, retries, check);
    }
}
