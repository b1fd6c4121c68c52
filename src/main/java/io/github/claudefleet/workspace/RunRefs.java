package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The refs below {@code refs/claude-fleet/FLEET/AGENT} in a person's repository. Each run has its own, which no one checks out:
 * {@code base}, {@code head}, and {@code other/…} for what the agent left elsewhere than on its branch.
 */
final class RunRefs {

    private static final String ROOT = "refs/claude-fleet/";

    private final AgentWorkspace workspace;
    private final Git git;

    RunRefs(AgentWorkspace workspace) {
        this.workspace = workspace;
        this.git = workspace.repository().alone();
    }

    /** All runs of the agent that had this place; another project's fleet may have the same names. */
    private String agents() {
        return ROOT + workspace.owner() + "/"
                + new Sha256().add(workspace.place().directory().toString()).shortHex() + "/";
    }

    private String runs() {
        return agents() + workspace.run() + "/";
    }

    String head() {
        return runs() + "head";
    }

    String others() {
        return runs() + "other/";
    }

    /** The whole name of a ref of a run. */
    String name(String run, String ref) {
        return agents() + run + "/" + ref;
    }

    /** Keeps what the agent borrows, whatever becomes of the branches that have it now. */
    void keepBase() {
        git.run("update-ref", "--no-deref", runs() + "base", workspace.base());
    }

    /** Whether the repository knows of the run: it may have been moved, with all that is in it. */
    boolean isKnown() {
        return git.find("rev-parse", "--verify", "--quiet", runs() + "base").isPresent();
    }

    /**
     * Takes commits from the quarantine, each object checked on its way.
     *
     * @param from what they are there, as git's refspecs have it
     * @param to what they are here
     */
    Git.Answer take(String from, String to) {
        return git.set("fetch.fsckObjects", "true")
                .set("fetch.prune", "false")
                .attempt(
                        new byte[0],
                        "fetch",
                        "--quiet",
                        "--no-tags",
                        "--no-write-fetch-head",
                        "--no-recurse-submodules",
                        workspace.place().quarantine().toString(),
                        "+" + from + ":" + to);
    }

    /** What each of the agent's runs has left, by run. */
    Map<String, SortedMap<String, String>> all() {
        String prefix = agents();
        Map<String, SortedMap<String, String>> runs = new LinkedHashMap<>();
        list(prefix).forEach((name, commit) -> {
            String[] words = name.substring(prefix.length()).split("/", 2);
            runs.computeIfAbsent(words[0], run -> new TreeMap<>()).put(words[1], commit);
        });
        return runs;
    }

    /** What this run has left elsewhere than on its branch. */
    SortedMap<String, String> otherRefs() {
        return list(others());
    }

    private SortedMap<String, String> list(String prefix) {
        SortedMap<String, String> refs = new TreeMap<>();
        String all = new String(
                git.run("for-each-ref", "--format=%(objectname) %(refname)", prefix)
                        .bytes(),
                StandardCharsets.ISO_8859_1);
        all.lines().forEach(line -> {
            int end = line.indexOf(' ');
            refs.put(line.substring(end + 1), line.substring(0, end));
        });
        return refs;
    }

    /** Gives up what a run has left. */
    void remove(String run) {
        for (Map.Entry<String, String> ref : list(agents() + run + "/").entrySet()) {
            update(ref.getKey(), null, ref.getValue());
        }
    }

    /** The branches that may be the agent's: its own, and those that stand beside it. */
    SortedMap<String, String> branches() {
        SortedMap<String, String> branches = allBranches();
        branches.keySet()
                .removeIf(branch ->
                        !branch.equals(workspace.branch()) && !BranchPublisher.isNumbered(branch, workspace.branch()));
        return branches;
    }

    /** All branches, by their names. */
    SortedMap<String, String> allBranches() {
        SortedMap<String, String> branches = new TreeMap<>();
        list("refs/heads/").forEach((name, commit) -> branches.put(name.substring("refs/heads/".length()), commit));
        return branches;
    }

    /**
     * Moves, makes or removes a ref that is at a known commit, and nothing else.
     *
     * @param commit where it is to be; null where it is to be gone
     * @param before where it is; null where it isn't yet
     * @return whether it was so
     */
    boolean update(String ref, String commit, String before) {
        String none = "0".repeat(workspace.base().length());
        String order = commit == null
                ? "delete " + ref + "\0" + before + "\0"
                : "update " + ref + "\0" + commit + "\0"
                        + Optional.ofNullable(before).orElse(none) + "\0";
        return git.attempt(FileNames.bytes(order), "update-ref", "--no-deref", "--stdin", "-z")
                .isFine();
    }
}
