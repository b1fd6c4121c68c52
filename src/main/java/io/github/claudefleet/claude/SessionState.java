package io.github.claudefleet.claude;

import io.github.claudefleet.spec.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns of a session and the activity between them. A turn ends with a result. A background command or subagent, or a
 * time that the agent has set, begins another turn with its own result. Not thread-safe.
 */
public final class SessionState {

    private static final int MOST_NAMED = 3;

    private final List<TurnResult> results = new ArrayList<>();
    /** Descriptions of all background tasks so far, by id. */
    private final Map<String, String> names = new HashMap<>();
    /** Ids of background tasks stopped between turns: those that the agent was not told about since, and all. */
    private final Set<String> stopped = new LinkedHashSet<>();

    private final Set<String> everStopped = new LinkedHashSet<>();
    private Set<String> background = Set.of();
    private boolean inTurn = true;
    /** True if the CLI reports that it is busy; older versions don't report it. */
    private boolean busy;

    /** Processes an event of the session. Returns true if the event shows its progress. */
    public boolean take(Event event) {
        if (event instanceof Event.Result closed) {
            results.add(closed.answer());
            inTurn = false;
        } else if (event instanceof Event.SessionInit
                || event instanceof Event.AssistantMessage spoke && !spoke.bySubagent()) {
            inTurn = true;
            stopped.clear();
        } else if (event instanceof Event.BackgroundTasks changed) {
            names.putAll(changed.underWay());
            background = Set.copyOf(changed.underWay().keySet());
        } else if (event instanceof Event.BackgroundTaskStopped end) {
            stop(end.id());
        } else if (event instanceof Event.SessionStateChanged session) {
            take(session);
        } else {
            return event instanceof Event.AssistantMessage || event instanceof Event.ToolResults;
        }
        return true;
    }

    private void take(Event.SessionStateChanged session) {
        busy = !session.idle();
        if (session.idle()) {
            background = Set.of();
            inTurn = results.isEmpty();
        }
    }

    /** Records a stop between turns. During a turn the agent itself stops the task, or is told. */
    private void stop(String id) {
        if (!inTurn) {
            stopped.add(id);
            everStopped.add(id);
        }
    }

    /** Returns the current result: the last one, unless a turn is under way that has none yet. */
    public Optional<TurnResult> standing() {
        return inTurn ? Optional.empty() : last();
    }

    /** Returns the last result, even if a turn followed it. */
    public Optional<TurnResult> last() {
        return results.isEmpty() ? Optional.empty() : Optional.of(results.get(results.size() - 1));
    }

    /** Checks whether the CLI, after a result, waits for something that may begin another turn. */
    public boolean isWaiting() {
        return !inTurn && (busy || !background.isEmpty());
    }

    /** Checks whether background tasks are under way, or were stopped without the agent being told. */
    public boolean isUnfinished() {
        return !stopped.isEmpty() || !background.isEmpty();
    }

    /** Describes the unfinished background tasks. */
    public String unfinishedText() {
        Set<String> ids = new LinkedHashSet<>(stopped);
        ids.addAll(background);
        return ids.isEmpty()
                ? "something that the CLI does not name, such as a time that the agent has set"
                : words(ids);
    }

    /**
     * Describes the background tasks that were stopped between turns, before another turn of the agent; empty if none.
     */
    public Optional<String> survivedText() {
        return everStopped.isEmpty() ? Optional.empty() : Optional.of(words(everStopped));
    }

    private String words(Set<String> ids) {
        String text = ids.stream()
                .limit(MOST_NAMED)
                .map(id -> "\"" + names.getOrDefault(id, id) + "\"")
                .collect(Collectors.joining(", "));
        return ids.size() > MOST_NAMED ? text + " and " + (ids.size() - MOST_NAMED) + " more" : text;
    }

    /** Checks whether all results came without a request to the model, as for {@code /help} or {@code /clear}. */
    public boolean isUnasked() {
        return !results.isEmpty() && results.stream().noneMatch(TurnResult::fromModel);
    }

    /** Returns the total cost. The CLI adds it up over all turns; a lower value in a later result is ignored. */
    public Usd cost() {
        return results.stream().map(TurnResult::cost).max(Usd::compareTo).orElse(Usd.ZERO);
    }

    /** Returns the number of turns. Each result counts only its own. */
    public int turns() {
        return results.stream().mapToInt(TurnResult::turns).sum();
    }

    /** Returns the total API time, which the CLI adds up. */
    public Duration apiTime() {
        return results.stream()
                .map(TurnResult::apiTime)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Returns the total tokens, which the CLI adds up. */
    public TokenUsage tokens() {
        return results.stream().map(TurnResult::tokens).reduce(TokenUsage.NONE, TokenUsage::max);
    }

    /** Returns all denials, each once, even if the CLI adds them up. */
    public List<String> denials() {
        List<String> all = List.of();
        for (TurnResult result : results) {
            List<String> next = result.denials();
            boolean addedUp =
                    next.size() >= all.size() && next.subList(0, all.size()).equals(all);
            List<String> before = all;
            all = addedUp ? next : Stream.concat(before.stream(), next.stream()).toList();
        }
        return all;
    }
}
