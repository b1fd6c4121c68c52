package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.TaskId;
import java.nio.file.Path;

/** Listener to warnings about a spec that can work, but perhaps not as intended. */
public interface PreconditionListener {

    /** Warns that the login directory is the user's own {@code ~/.claude}. */
    default void personalLoginDirectory(Path directory) {}

    /** Warns that the login directory is inside an agent's workspace, where the agent can write. */
    default void loginWithinWorkspace(Path directory, AgentName agent) {}

    /** Warns that agents can't read part of the local repository that they share. */
    default void repositoryHidden(Path directory, ContainerUser user) {}

    /** Warns that a prompt begins with a command of the repository, which agents have only if configured. */
    default void commandSentAsText(TaskId task, String command, Path file) {}

    /** Warns that a rule allows all hosts, or all below one top-level domain. */
    default void broadRule(AgentName agent, EgressRule rule) {}

    /** Warns that a prompt begins with a built-in command of the CLI that makes no request. */
    default void commandMakesNoRequest(TaskId task, String command) {}
}
