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
    private List<Dependency> dependsOn = List.of();
    private TaskTimeouts taskTimeouts = TaskTimeouts.DEFAULT;
    private Optional<Usd> maxCost = Optional.empty();
    private int retries;
    private Optional<String> prompt = Optional.empty();
    private boolean template;
    private Optional<CheckSpec> check = Optional.empty();

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
        dependsOn = Stream.of(queues).map(AgentName::new).map(Dependency::on).toList();
        return this;
    }

    public SampleQueue dependsOnEvenIfFailed(String queue) {
        AgentName other = new AgentName(queue);
        dependsOn = List.of(new Dependency(other, other, Optional.empty(), true));
        return this;
    }

    /**
     * Lets the tasks depend on candidates.
     *
     * @param evenIfFailed true for their judge
     */
    public SampleQueue dependsOn(CandidateGroup group, boolean evenIfFailed) {
        dependsOn = group.candidates().stream()
                .map(candidate -> new Dependency(group.name(), candidate, Optional.empty(), evenIfFailed))
                .toList();
        return this;
    }

    /** Adds a dependency on another queue. */
    public SampleQueue alsoDependsOn(String queue) {
        dependsOn = Stream.concat(dependsOn.stream(), Stream.of(Dependency.on(new AgentName(queue))))
                .toList();
        return this;
    }

    /** Lets the prompt be completed when the task begins, as that of a judge is. */
    public SampleQueue template(String text) {
        template = true;
        return prompt(text);
    }

    /** Sets the prompt of each task. */
    public SampleQueue prompt(String text) {
        prompt = Optional.of(text);
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
        return check(CheckSpec.of(command));
    }

    public SampleQueue check(CheckSpec value) {
        check = Optional.of(value);
        return this;
    }

    private Prompt promptOf(TaskId id) {
        return prompt.map(
                        text -> new Prompt(text, template || !Reference.in(text).isEmpty()))
                .orElseGet(() -> new Prompt("Do " + id));
    }

    public TaskQueue queue() {
        List<Task> all = tasks.stream().map(id -> new Task(id, promptOf(id))).toList();
        return new TaskQueue(name, all, agents, atOnce, dependsOn, taskTimeouts, maxCost, retries, check);
    }
}
