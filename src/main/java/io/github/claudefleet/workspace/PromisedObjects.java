package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.InvalidSpecException;
import java.util.List;

/**
 * Objects that a partial clone lacks and its remote has promised. They are fetched before an agent starts, since it has
 * no remote.
 */
record PromisedObjects(Repository repository) {

    /**
     * Maximum number of fetches. Each fetches the objects that the last ones name; in a treeless clone, a directory
     * level.
     */
    private static final int MOST_ROUNDS = 100;

    /**
     * Fetches the objects of a commit.
     *
     * @param history true to fetch those of its ancestors as well
     * @throws InvalidSpecException if the remote does not provide them
     */
    void fetch(String commit, boolean history) {
        List<String> remotes = repository.promisors();
        if (remotes.isEmpty()) {
            return;
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<String> missing = missing(commit, history);
            if (missing.isEmpty()) {
                return;
            }
            fetch(remotes.get(0), missing);
        }
        throw refused(remotes.get(0), "it still lacks objects after " + MOST_ROUNDS + " rounds");
    }

    private List<String> missing(String commit, boolean history) {
        String[] arguments = history
                ? new String[] {"rev-list", "--objects", "--missing=print", commit}
                : new String[] {"rev-list", "--objects", "--missing=print", "--no-walk", commit};
        return repository
                .alone()
                .ask(arguments)
                .lines()
                .filter(line -> line.startsWith("?"))
                .map(line -> line.substring(1))
                .toList();
    }

    private void fetch(String remote, List<String> missing) {
        Git.Answer answer = repository
                .asPerson()
                .set("fetch.negotiationAlgorithm", "noop")
                .attempt(
                        (String.join("\n", missing) + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                        "fetch",
                        remote,
                        "--quiet",
                        "--no-tags",
                        "--no-write-fetch-head",
                        "--no-auto-maintenance",
                        "--recurse-submodules=no",
                        "--filter=blob:none",
                        "--stdin");
        if (!answer.isFine()) {
            throw refused(remote, answer.reason());
        }
    }

    private InvalidSpecException refused(String remote, String reason) {
        return new InvalidSpecException(
                "workspace.strategy",
                "needs objects that " + repository.root() + " lacks, a partial clone, and " + remote + " did not give: "
                        + reason,
                "Fetch all of it first (git fetch --refetch --no-filter " + remote + "), or use strategy bind.");
    }
}
