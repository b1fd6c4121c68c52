package io.github.claudefleet.task;

import io.github.claudefleet.spec.AgentName;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numbers of a task's attempts, from 1. Agents report attempts without a number, and their output may be read in any
 * order, so that an attempt's number comes from the attempts that were sent to its agent. Not thread-safe.
 */
final class AttemptNumbers {

    private final NavigableMap<Integer, AgentName> sent = new TreeMap<>();
    private final TreeSet<Integer> begun = new TreeSet<>();
    private final Set<Integer> ended = new HashSet<>();

    /** Records that an attempt was sent to an agent. */
    void send(int attempt, AgentName to) {
        sent.put(attempt, to);
    }

    /** Records that an attempt has ended, whether its output was read or not. */
    void end(int attempt) {
        ended.add(attempt);
    }

    /** Records that an agent has begun an attempt, and returns its number. */
    int begin(AgentName by) {
        int number = sent.entrySet().stream()
                .filter(one -> one.getValue().equals(by) && !begun.contains(one.getKey()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(this::firstUnused);
        begun.add(number);
        return number;
    }

    private int firstUnused() {
        int number = 1;
        while (begun.contains(number) || sent.containsKey(number)) {
            number++;
        }
        return number;
    }

    /** Returns the number for a new attempt. */
    int next() {
        return Math.max(lastSent(), lastBegun()) + 1;
    }

    /** Returns the agent that got the newest attempt, if that was not seen to begin. */
    Optional<AgentName> holderOfNext() {
        return lastSent() > lastBegun() ? Optional.of(sent.lastEntry().getValue()) : Optional.empty();
    }

    /** Checks whether the newest attempt that was seen to begin is known to have ended. */
    boolean hasLastEnded() {
        return ended.contains(lastBegun());
    }

    /** Checks whether an attempt is known to have ended, and its end may not be read yet. */
    boolean hasUnreadEnd() {
        return ended.stream().anyMatch(number -> number >= lastBegun());
    }

    private int lastSent() {
        return sent.isEmpty() ? 0 : sent.lastKey();
    }

    private int lastBegun() {
        return begun.isEmpty() ? 0 : begun.last();
    }
}
