package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Git's environment variables for agents that see a user's directory directly, whose git settings they can't write. */
final class DirectGitEnvironment {

    private DirectGitEnvironment() {}

    /** Adds the variables to an agent; variables configured in the pom take precedence. */
    static AgentSpec of(AgentSpec agent) {
        WorkspaceStrategy strategy = agent.workspace().strategy();
        if (strategy.isOwn()) {
            return agent;
        }
        SortedMap<String, String> environment = new TreeMap<>();
        // Files may belong to another user than the container's. Git refuses them unless a system setting allows it.
        environment.put("GIT_CONFIG_SYSTEM", ContainerPaths.GIT_SETTINGS);
        if (strategy == WorkspaceStrategy.BIND) {
            environment.putAll(author(agent.workspace().origin().home().authorOr(agent.name())));
            if (!agent.environment().containsKey("GIT_CONFIG_COUNT")) {
                environment.putAll(WITHOUT_SIGNATURE);
            }
        }
        environment.putAll(agent.environment());
        return agent.withEnvironment(environment);
    }

    /** Turns off commit signing, which the repository may require with a key of the user's. */
    private static final Map<String, String> WITHOUT_SIGNATURE =
            Map.of("GIT_CONFIG_COUNT", "1", "GIT_CONFIG_KEY_0", "commit.gpgSign", "GIT_CONFIG_VALUE_0", "false");

    private static Map<String, String> author(CommitAuthor author) {
        return Map.of(
                "GIT_AUTHOR_NAME", author.name(),
                "GIT_AUTHOR_EMAIL", author.email(),
                "GIT_COMMITTER_NAME", author.name(),
                "GIT_COMMITTER_EMAIL", author.email());
    }
}
