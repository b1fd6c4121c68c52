package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Refs below {@code refs/claude-fleet/FLEET/AGENT} in a user's repository. Each run has its own, which no one checks
 * out: {@code base}, {@code head}, and {@code other/…} for commits that the agent left outside its branch.
 */
final class RunRefs {

    private static final String ROOT = "refs/claude-fleet/";

    private final AgentWorkspace workspace;
    private final Git git;

    RunRefs(AgentWorkspace workspace) {
        this.workspace = workspace;
        this.git = workspace.repository().alone();
    }

    /** Returns the prefix of the agent's runs in this directory. Another project's fleet may have the same names. */
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

    /** Returns the full name of a run's ref. */
    String name(String run, String ref) {
        return agents() + run + "/" + ref;
    }

    /** Keeps the borrowed objects alive, even if their branches are deleted. */
    void keepBase() {
        git.run("update-ref", "--no-deref", runs() + "base", workspace.base());
    }

    /** Checks whether the repository has this run's refs; it may have moved together with them. */
    boolean isKnown() {
        return base().isPresent();
    }

    /** Returns the commit that this run starts from, as {@link #keepBase} or a start from agents has set it. */
    Optional<String> base() {
        return git.find("rev-parse", "--verify", "--quiet", runs() + "base");
    }

    /**
     * Fetches commits from the quarantine, with a check of each object.
     *
     * @param from source of the refspec, in the quarantine
     * @param to destination of the refspec, in the repository
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

    /** Returns the refs of each of the agent's runs, by run. */
    Map<String, SortedMap<String, String>> all() {
        String prefix = agents();
        Map<String, SortedMap<String, String>> runs = new LinkedHashMap<>();
        list(prefix).forEach((name, commit) -> {
            String[] words = name.substring(prefix.length()).split("/", 2);
            runs.computeIfAbsent(words[0], run -> new TreeMap<>()).put(words[1], commit);
        });
        return runs;
    }

    /** Returns this run's refs of commits outside its branch. */
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

    /** Discards the refs of a run. */
    void remove(String run) {
        for (Map.Entry<String, String> ref : list(agents() + run + "/").entrySet()) {
            update(ref.getKey(), null, ref.getValue());
        }
    }

    /** Returns the agent's possible branches: its own, and the numbered ones beside it. */
    SortedMap<String, String> branches() {
        SortedMap<String, String> branches = allBranches();
        branches.keySet()
                .removeIf(branch ->
                        !branch.equals(workspace.branch()) && !RefNames.isNumbered(branch, workspace.branch()));
        return branches;
    }

    /** Returns all branches by name. */
    SortedMap<String, String> allBranches() {
        SortedMap<String, String> branches = new TreeMap<>();
        list("refs/heads/").forEach((name, commit) -> branches.put(name.substring("refs/heads/".length()), commit));
        return branches;
    }

    /**
     * Moves, creates or deletes a ref atomically, only if it is at the expected commit.
     *
     * @param commit new commit; null to delete
     * @param before expected commit; null if the ref must not exist
     * @return true if the ref was as expected and is updated
     */
    boolean update(String ref, String commit, String before) {
        String none = "0".repeat(workspace.base().length());
        String update = commit == null
                ? "delete " + ref + "\0" + before + "\0"
                : "update " + ref + "\0" + commit + "\0"
                        + Optional.ofNullable(before).orElse(none) + "\0";
        return git.attempt(FileNames.bytes(update), "update-ref", "--no-deref", "--stdin", "-z")
                .isFine();
    }
}
