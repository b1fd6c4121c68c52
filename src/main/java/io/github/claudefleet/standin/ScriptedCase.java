package io.github.claudefleet.standin;

import java.util.List;
import java.util.Optional;

/**
 * Part of an agent's script.
 *
 * @param task name or id of the task that it is for; empty for each
 * @param round round that it is for; empty for each
 * @param turns turns of the model
 */
record ScriptedCase(Optional<String> task, Optional<Integer> round, List<ScriptedTurn> turns) {

    ScriptedCase {
        turns = List.copyOf(turns);
    }

    boolean isFor(Sender sender) {
        String id = sender.task();
        String name = id.substring(id.indexOf('/') + 1);
        return task.map(wanted -> wanted.equals(id) || wanted.equals(name)).orElse(true)
                && round.map(wanted -> wanted == sender.round()).orElse(true);
    }
}
