package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Builder of an agent of a {@link FleetBuilder}. A value that is not set has the default of the pom's element. An agent
 * without a prompt or tasks stays up for {@code docker exec}.
 */
public final class AgentBuilder {

    private final AgentName name;
    private final Path directory;
    private final List<Task> tasks = new ArrayList<>();
    private Optional<Prompt> prompt = Optional.empty();
    private TaskTimeouts timeouts = TaskTimeouts.DEFAULT;
    private Optional<Usd> maxCost = Optional.empty();
    private int retries = TaskQueue.DEFAULT_RETRIES;
    private Optional<CheckSpec> check = Optional.empty();
    private WorkspaceStrategy strategy = WorkspaceStrategy.WORKTREE;
    private Optional<WorkspaceOrigin> workspace = Optional.empty();
    private Map<String, String> environment = Map.of();
    private ClaudeOptions claude = ClaudeOptions.DEFAULT;
    private ResourceLimits limits = ResourceLimits.DEFAULT;
    private Optional<EgressSpec> egress = Optional.empty();
    private Optional<Boolean> readOnlyRootfs = Optional.empty();

    private AgentBuilder(AgentName name, Path directory) {
        this.name = name;
        this.directory = directory;
    }

    /**
     * Creates a builder of an agent.
     *
     * @param name name of the agent, unique in the fleet
     * @param directory absolute path of the directory of the host that its workspace is created from
     * @throws InvalidSpecException if the name is not valid
     */
    public static AgentBuilder named(String name, Path directory) {
        return new AgentBuilder(new AgentName(name), directory);
    }

    AgentName name() {
        return name;
    }

    /**
     * Sets the prompt that is the agent's only work.
     *
     * @throws InvalidSpecException if the prompt is blank
     */
    public AgentBuilder prompt(String text) {
        prompt = Optional.of(new Prompt(text));
        return this;
    }

    /**
     * Adds a task. The agent is sent its tasks one by one, in this order. Agents that share tasks have them from
     * {@link FleetBuilder#queue} instead.
     *
     * @param task name of the task, unique among the agent's
     * @throws InvalidSpecException if the name is not valid, or the prompt is blank
     */
    public AgentBuilder task(String task, String text) {
        tasks.add(new Task(TaskId.of(name, task), new Prompt(text)));
        return this;
    }

    /** Sets the time limits of each task. */
    public AgentBuilder timeouts(TaskTimeouts value) {
        timeouts = value;
        return this;
    }

    /** Sets the maximum cost of each task; by default there is none. */
    public AgentBuilder maxCost(Usd value) {
        maxCost = Optional.of(value);
        return this;
    }

    /** Sets the maximum number of retries of a task that failed for a transient reason. */
    public AgentBuilder retries(int value) {
        retries = value;
        return this;
    }

    /** Sets the shell command that must succeed in the workspace after each task; by default there is none. */
    public AgentBuilder check(String command) {
        return check(CheckSpec.of(command));
    }

    /** Sets the check of each task; by default there is none. */
    public AgentBuilder check(CheckSpec value) {
        check = Optional.of(value);
        return this;
    }

    /** Sets the strategy by which the workspace is created from the directory; by default a worktree. */
    public AgentBuilder strategy(WorkspaceStrategy value) {
        strategy = value;
        return this;
    }

    /** Sets all of the workspace, in place of the directory and the strategy. */
    public AgentBuilder workspace(WorkspaceOrigin value) {
        workspace = Optional.of(value);
        return this;
    }

    /** Sets the variables that the agent has in addition to the fleet's, or instead of them. */
    public AgentBuilder environment(Map<String, String> value) {
        environment = value;
        return this;
    }

    /** Sets the options of the agent's calls of the CLI. */
    public AgentBuilder claude(ClaudeOptions value) {
        claude = value;
        return this;
    }

    /** Sets whether the root file system of the agent's container is read-only; by default as the fleet's. */
    public AgentBuilder readOnlyRootfs(boolean value) {
        readOnlyRootfs = Optional.of(value);
        return this;
    }

    /** Sets the limits of the agent's container. */
    public AgentBuilder limits(ResourceLimits value) {
        limits = value;
        return this;
    }

    /** Sets the connections and requests that the agent may make, in place of the fleet's. */
    public AgentBuilder egress(EgressSpec value) {
        egress = Optional.of(value);
        return this;
    }

    /**
     * Returns the agent's own work; empty if it has none.
     *
     * @param paced true if the fleet's pace or cost is limited, so that a prompt must not begin by itself
     */
    Optional<TaskQueue> queue(boolean paced) {
        if (prompt.isPresent() && !tasks.isEmpty()) {
            throw new InvalidSpecException("agent.prompt", "is set beside tasks", "Keep one of them.")
                    .of("agent " + name);
        }
        if (prompt.isEmpty() && tasks.isEmpty()) {
            return Optional.empty();
        }
        List<Task> all =
                prompt.map(text -> List.of(new Task(TaskId.of(name), text))).orElse(tasks);
        boolean hasRounds = check.filter(one -> one.rounds() > 0).isPresent();
        boolean atOnce = prompt.isPresent() && !paced && !hasRounds;
        return Optional.of(
                new TaskQueue(name, all, List.of(name), atOnce, List.of(), timeouts, maxCost, retries, check));
    }

    /**
     * Returns the agent.
     *
     * @param work all work of the fleet
     * @param common variables of all containers
     * @param root directory for own workspaces
     * @param fleets connections and requests of an agent without egress of its own
     */
    AgentSpec toSpec(List<TaskQueue> work, Map<String, String> common, Path root, EgressSpec fleets) {
        Optional<TaskQueue> own =
                work.stream().filter(queue -> queue.agents().contains(name)).findFirst();
        Optional<TaskQueue> atOnce = own.filter(TaskQueue::atOnce);
        TreeMap<String, String> variables = new TreeMap<>(common);
        variables.putAll(environment);
        return new AgentSpec(
                name,
                atOnce.map(queue -> queue.tasks().get(0).prompt()),
                own.isPresent() && atOnce.isEmpty(),
                Workspace.of(workspace.orElseGet(() -> origin(root))),
                variables,
                atOnce.flatMap(TaskQueue::maxCost).map(claude::withBudget).orElse(claude),
                limits,
                egress.orElse(fleets),
                readOnlyRootfs);
    }

    private WorkspaceOrigin origin(Path root) {
        boolean uncommitted = strategy == WorkspaceStrategy.COPY;
        return new WorkspaceOrigin(directory, strategy, Optional.empty(), uncommitted, IntegrationSpec.DEFAULT, root);
    }
}
