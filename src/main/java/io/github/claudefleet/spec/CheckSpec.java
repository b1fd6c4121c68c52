package io.github.claudefleet.spec;

import java.nio.file.FileSystems;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Check of a task: a command that must succeed after a good result.
 *
 * @param command shell command, run in the workspace
 * @param rounds maximum number of times that a failed check goes back to the agent; 0 for none
 * @param timeout time limit of the command, or empty for the rest of the task's time
 * @param place place where the command runs
 * @param protect globs of files that the agent must not have changed, relative to the workspace
 */
public record CheckSpec(
        String command, int rounds, Optional<Duration> timeout, CheckPlace place, List<String> protect) {

    /** Maximum of {@code rounds}. Each round costs about as much as the first one. */
    public static final int MOST_ROUNDS = 20;

    /** @throws InvalidSpecException if the command is blank, a glob is invalid, or the rounds are out of range */
    public CheckSpec {
        if (command.isBlank()) {
            throw new InvalidSpecException(
                    "agent.check", "has no command", "Give it a <command>, such as mvn -q verify.");
        }
        Numbers.within("agent.check.rounds", rounds, 0, MOST_ROUNDS);
        protect = List.copyOf(protect);
        protect.forEach(CheckSpec::checkGlob);
    }

    /** Returns a check in the agent's container whose failure ends the task. */
    public static CheckSpec of(String command) {
        return new CheckSpec(command, 0, Optional.empty(), CheckPlace.AGENT, List.of());
    }

    /** Returns a copy with another maximum of rounds. */
    public CheckSpec withRounds(int other) {
        return new CheckSpec(command, other, timeout, place, protect);
    }

    /** Returns a copy with another time limit. */
    public CheckSpec withTimeout(Duration other) {
        return new CheckSpec(command, rounds, Optional.of(other), place, protect);
    }

    /** Returns a copy that runs in another place. */
    public CheckSpec in(CheckPlace other) {
        return new CheckSpec(command, rounds, timeout, other, protect);
    }

    /** Returns a copy that protects these files. */
    public CheckSpec protecting(String... globs) {
        return new CheckSpec(command, rounds, timeout, place, List.of(globs));
    }

    /** Checks whether the agent's container runs the command. */
    public boolean isByAgent() {
        return place == CheckPlace.AGENT;
    }

    /** Checks whether the agent's changes are inspected on this machine. */
    public boolean isInspected() {
        return !isByAgent() || !protect.isEmpty();
    }

    private static void checkGlob(String glob) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new InvalidSpecException(
                    "agent.check.protect",
                    "\"" + glob + "\" is not a glob: " + e.getDescription(),
                    "Write one such as src/test/**.");
        }
        if (glob.isBlank() || glob.startsWith("/")) {
            throw new InvalidSpecException(
                    "agent.check.protect",
                    "\"" + glob + "\" names no file of the workspace",
                    "Write a path relative to the workspace, such as src/test/**.");
        }
    }
}
