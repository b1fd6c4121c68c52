package io.github.claudefleet.supervise;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.ChangeSize;
import io.github.claudefleet.task.Inspection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Work of agents that have changed one file each; agent {@code idle} has no workspace. */
final class AgentWorkSample implements AgentWork {

    private volatile Optional<RuntimeException> broken = Optional.empty();
    private final Queue<Inspection> inspections = new ConcurrentLinkedQueue<>();
    private final List<String> started = new CopyOnWriteArrayList<>();
    private volatile List<String> conflicts = List.of();
    private final List<String> measured = new CopyOnWriteArrayList<>();
    private final Map<String, ChangeSize> sizes = new ConcurrentHashMap<>();
    private final List<String> inspected = new CopyOnWriteArrayList<>();

    /** Makes each inspection fail in a way that nobody expects. */
    void breakDown(RuntimeException cause) {
        broken = Optional.of(cause);
    }

    /** Sets the result of the next inspection; others pass. */
    void next(Inspection inspection) {
        inspections.add(inspection);
    }

    /** Returns the tasks that were inspected. */
    List<String> inspected() {
        return inspected;
    }

    @Override
    public String branch(AgentName agent, AgentName reader) {
        refuseIdle(agent);
        return "claude-fleet/shop/" + agent;
    }

    @Override
    public byte[] patch(AgentName agent) {
        refuseIdle(agent);
        return ("diff of " + agent).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<String> start(AgentName agent, List<AgentName> others) {
        started.add(agent + " from " + others);
        return conflicts;
    }

    /** Lets the changes conflict in these files. */
    void conflict(String... files) {
        conflicts = List.of(files);
    }

    /** Returns the workspaces that were started. */
    List<String> started() {
        return started;
    }

    /** Sets the size of an agent's changes; by default it is one line. */
    void size(String agent, ChangeSize size) {
        sizes.put(agent, size);
    }

    /** Returns the agents whose changes were measured. */
    List<String> measured() {
        return measured.stream().sorted().toList();
    }

    @Override
    public ChangeSize size(AgentName agent) {
        measured.add(agent.value());
        return sizes.getOrDefault(agent.value(), ChangeSize.of(1, 1));
    }

    @Override
    public Inspection inspect(AgentName agent, TaskId task, CheckSpec check) {
        inspected.add(task + " of " + agent);
        broken.ifPresent(cause -> {
            throw cause;
        });
        Inspection next = inspections.poll();
        return next == null ? Inspection.of(List.of()) : next;
    }

    private static void refuseIdle(AgentName agent) {
        if (agent.value().equals("idle")) {
            throw new IllegalStateException("agent idle has no workspace of its own");
        }
    }
}
