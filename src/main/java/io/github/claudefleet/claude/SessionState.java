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
 * Turns of a session and what goes on between them. A turn ends with a result; a command or subagent in the background, or a time
 * that the agent has set, begins another one, with a result of its own. Not for use by two threads at once.
 */
public final class SessionState {

    private static final int MOST_NAMED = 3;

    private final List<TurnResult> results = new ArrayList<>();
    /** Descriptions by id of all that ever was in the background. */
    private final Map<String, String> names = new HashMap<>();
    /** Ids of what was stopped there between turns: of what the agent was not told since, and of all. */
    private final Set<String> stopped = new LinkedHashSet<>();

    private final Set<String> everStopped = new LinkedHashSet<>();
    private Set<String> background = Set.of();
    private boolean inTurn = true;
    /** Whether the CLI has said so, which older ones don't. */
    private boolean busy;

    /** Takes an event of the session; whether it is one of those that tell how far it is. */
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

    /** In a turn it is the agent that stops something, or is told. */
    private void stop(String id) {
        if (!inTurn) {
            stopped.add(id);
            everStopped.add(id);
        }
    }

    /** The result that stands: the last one, unless a turn is under way that has none yet. */
    public Optional<TurnResult> standing() {
        return inTurn ? Optional.empty() : last();
    }

    /** The last result, whatever came after it. */
    public Optional<TurnResult> last() {
        return results.isEmpty() ? Optional.empty() : Optional.of(results.get(results.size() - 1));
    }

    /** Whether the CLI waits, after a result, for what may begin another turn. */
    public boolean isWaiting() {
        return !inTurn && (busy || !background.isEmpty());
    }

    /** Whether commands or subagents are under way in the background, or were stopped there and the agent was not told. */
    public boolean isUnfinished() {
        return !stopped.isEmpty() || !background.isEmpty();
    }

    /** The unfinished in words. */
    public String unfinishedText() {
        Set<String> ids = new LinkedHashSet<>(stopped);
        ids.addAll(background);
        return ids.isEmpty()
                ? "something that the CLI does not name, such as a time that the agent has set"
                : words(ids);
    }

    /** What was stopped in the background between turns, whereupon the agent had another turn; empty where nothing was. */
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

    /** Whether all results were made without a request to the model, as the CLI answers {@code /help} or {@code /clear}. */
    public boolean isUnasked() {
        return !results.isEmpty() && results.stream().noneMatch(TurnResult::fromModel);
    }

    /** The CLI adds up over all turns; a result that says less than an earlier one takes nothing back. */
    public Usd cost() {
        return results.stream().map(TurnResult::cost).max(Usd::compareTo).orElse(Usd.ZERO);
    }

    /** Each result counts its own. */
    public int turns() {
        return results.stream().mapToInt(TurnResult::turns).sum();
    }

    /** Added up by the CLI, as the cost is. */
    public Duration apiTime() {
        return results.stream()
                .map(TurnResult::apiTime)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Added up by the CLI, as the cost is. */
    public TokenUsage tokens() {
        return results.stream().map(TurnResult::tokens).reduce(TokenUsage.NONE, TokenUsage::max);
    }

    /** Whether or not the CLI adds them up, each once. */
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
