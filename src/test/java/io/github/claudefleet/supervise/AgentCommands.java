package io.github.claudefleet.supervise;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Answers of {@code task.sh} and {@code signal.sh} in agents' containers. Records them with the engine's changes. */
final class AgentCommands {

    private final FakeEngine engine;
    private final Map<String, String> sent = new ConcurrentHashMap<>();
    private final BlockingQueue<Supplier<ExecResult>> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> recorded = new LinkedBlockingQueue<>();

    AgentCommands(FakeEngine engine) {
        this.engine = engine;
        engine.program(this::answer).before(recorded::add);
    }

    void sentBefore(String agent, String tasks) {
        sent.put(agent, tasks);
    }

    /** Sets the answer to the next command other than {@code task.sh list}. */
    void next(Supplier<ExecResult> answer) {
        answers.add(answer);
    }

    /** Fails as a call whose answer is lost. */
    static ExecResult lost() {
        throw new EngineException(EngineException.Kind.FAILED, "exec", "the answer was lost", "", null);
    }

    /** Returns the commands and changes since the last call. */
    List<String> recorded() {
        List<String> news = new ArrayList<>();
        recorded.drainTo(news);
        return news;
    }

    private ExecResult answer(ExecRequest request) {
        List<String> command = request.command();
        boolean task = command.get(1).endsWith("/task.sh");
        if (task && command.get(2).equals("list")) {
            return new ExecResult(0, sent.getOrDefault(request.containerId(), ""), "");
        }
        String words = String.join(" ", command.subList(2, command.size()));
        recorded.add((task ? "" : "signal ") + words + " in " + request.containerId());
        if (engine.containers().find(request.containerId()).orElseThrow().state() != ContainerState.RUNNING) {
            throw new EngineException(EngineException.Kind.CONFLICT, "exec", "the container does not run", "", null);
        }
        return Optional.ofNullable(answers.poll()).map(Supplier::get).orElseGet(() -> new ExecResult(0, "", ""));
    }
}
