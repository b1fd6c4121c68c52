package io.github.claudefleet.workspace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pushes an agent's branch. The remote's branch is checked first and only fast-forwarded. If it has other commits, such
 * as an earlier run's work that a fresh clone does not have, a numbered branch is created beside it.
 */
record BranchPush(AgentWorkspace workspace) {

    private static final int MOST_NUMBERS = 10_000;
    private static final String HEADS = "refs/heads/";

    /**
     * Result of a push.
     *
     * @param branch name on the remote
     * @param reason why the push failed; empty if it succeeded
     */
    record Outcome(String branch, String reason) {}

    Outcome push(String branch) {
        RemoteUrl remote = new RemoteUrl(workspace.home().remote());
        Git git = workspace.repository().asPerson().withPassword(remote);
        Git.Answer listed = git.attempt(
                new byte[0],
                "ls-remote",
                "--heads",
                "--",
                remote.argument(),
                HEADS + RefNames.BRANCHES.replace("/", "*"));
        if (!listed.isFine()) {
            return refused(branch, "git ls-remote " + remote + ": " + listed.reason());
        }
        Map<String, String> there = new TreeMap<>();
        listed.text().lines().map(line -> line.split("\t")).forEach(words -> there.put(words[1], words[0]));
        String head = git.ask("rev-parse", HEADS + branch);
        List<String> names = there.keySet().stream()
                .map(name -> name.substring(HEADS.length()))
                .toList();
        for (int number = 0; number < MOST_NUMBERS; number++) {
            String target = number == 0 ? branch : RefNames.beside(workspace.branch(), number, names);
            String at = there.get(HEADS + target);
            boolean fits = at == null
                    ? RefNames.isFree(target, names)
                    : at.equals(head) || workspace.repository().isAncestor(at, head);
            if (fits) {
                return push(git, remote, branch, target, Optional.ofNullable(at));
            }
        }
        return refused(branch, "no name for it is free at " + remote);
    }

    private Outcome push(Git git, RemoteUrl remote, String branch, String target, Optional<String> at) {
        Git.Answer pushed = git.attempt(
                new byte[0],
                "push",
                "--quiet",
                // Never a forced update: the remote must be as listed, and the pushed commit descends from it.
                "--force-with-lease=" + HEADS + target + ":" + at.orElse(""),
                "--",
                remote.argument(),
                HEADS + branch + ":" + HEADS + target);
        return pushed.isFine()
                ? new Outcome(target, "")
                : refused(branch, "git push " + remote + " " + branch + ": " + pushed.reason());
    }

    private Outcome refused(String branch, String problem) {
        return new Outcome(
                "",
                problem + ". All of it is on branch " + branch
                        + " here; when the reason is mended, push it by hand: git push "
                        + workspace.home().remote().replaceAll("://[^/]*@", "://") + " " + branch);
    }
}
