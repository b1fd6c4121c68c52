package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Commits that an agent created: those of its HEAD, and all others among its objects, whether on other branches, in its
 * stash or unreachable. Ref names are raw ({@link FileNames}).
 */
final class AgentCommits {

    /** Prefix of the quarantine's refs that are fetched into the user's repository. */
    static final String RUN = "refs/run/";

    static final String OTHER = RUN + "other/";
    private static final int MOST_TOLD = 20;

    private final AgentWorkspace workspace;
    private final Git git;
    private final List<String> warnings;
    private final List<String> leftOut;
    private final AgentGitDirectory agent;
    private SortedMap<String, String> refs = new TreeMap<>();
    private SortedMap<String, String> kept = new TreeMap<>();
    private boolean borrowed;

    AgentCommits(AgentWorkspace workspace, Git git, List<String> warnings, List<String> leftOut) {
        this.workspace = workspace;
        this.git = git;
        this.warnings = warnings;
        this.leftOut = leftOut;
        this.agent = new AgentGitDirectory(workspace);
    }

    /** Makes the agent's objects readable through alternates, unless they were tampered with. */
    void borrow(QuarantineRepository quarantine) throws IOException {
        borrowed = agent.isGenuine();
        if (borrowed) {
            quarantine.borrow(List.of(agent.objects()));
            refs = agent.refs();
        } else {
            leftOut.add("its commits");
            warnings.add("its git directory was tampered with: its commits are not taken, its files are");
        }
    }

    /** Returns the commit of the agent's HEAD, or the base if HEAD is not a readable commit. */
    String head() {
        String base = workspace.base();
        if (!borrowed) {
            return base;
        }
        String head = agent.head(refs).orElse(base);
        if (head.equals(base)) {
            // This is the user's own commit.
            return base;
        }
        if (!isWhole(List.of(head))
                || git.find("cat-file", "-e", head + "^{commit}").isEmpty()) {
            warnings.add(
                    "its HEAD " + head + " is no commit that can be read: its commits are not taken, its files are");
            return base;
        }
        if (git.find("merge-base", "--is-ancestor", base, head).isEmpty()) {
            warnings.add("its commits do not follow from " + base + ", which it started from");
        }
        return head;
    }

    private boolean isWhole(Collection<String> commits) {
        return git.attempt(lines(commits, List.of(workspace.base())), "rev-list", "--objects", "--quiet", "--stdin")
                .isFine();
    }

    private static byte[] lines(Collection<String> commits, Collection<String> without) {
        StringBuilder lines = new StringBuilder();
        commits.forEach(commit -> lines.append(commit).append('\n'));
        without.forEach(commit -> lines.append('^').append(commit).append('\n'));
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Keeps all commits that are not reachable from the agent's HEAD, each under a ref.
     *
     * @param last all refs of the quarantine after the last inspection
     * @return true if the kept refs have changed since then
     */
    boolean keepOthers(String head, Map<String, String> last) {
        SortedMap<String, String> before = among(last);
        kept = before;
        Map<String, String> named = borrowed ? named(head) : Map.of();
        if (!before.isEmpty() || !named.isEmpty()) {
            named.forEach((name, id) -> keep(name, id, before));
            dropReached(head);
            kept = listed();
        }
        return !before.equals(kept);
    }

    /** Lists the kept refs by their names in the quarantine. */
    private SortedMap<String, String> listed() {
        return among(QuarantineRepository.refs(git));
    }

    private static SortedMap<String, String> among(Map<String, String> refs) {
        SortedMap<String, String> kept = new TreeMap<>();
        refs.forEach((name, id) -> {
            if (name.startsWith(OTHER)) {
                kept.put(name.substring(OTHER.length()), id);
            }
        });
        return kept;
    }

    private Map<String, String> named(String head) {
        Map<String, String> objects = ownObjects();
        Set<String> commits = new LinkedHashSet<>();
        objects.forEach((id, type) -> {
            if (type.equals("commit")) {
                commits.add(id);
            }
        });
        commits.retainAll(readable(commits));
        Set<String> unreached = unreached(commits, head);
        Map<String, String> named = new LinkedHashMap<>();
        refs.forEach((name, id) -> {
            if (unreached.contains(id) || "tag".equals(objects.get(id)) && isWhole(List.of(id))) {
                named.put(name.substring("refs/".length()), id);
            }
        });
        List<String> stashes = agent.stashes();
        for (int i = 0; i < stashes.size(); i++) {
            if (unreached.contains(stashes.get(i))) {
                named.remove("stash");
                named.put("stash/" + i, stashes.get(i));
            }
        }
        Set<String> reached = parentsOf(unreached);
        reached.addAll(named.values());
        unreached.stream().filter(id -> !reached.contains(id)).forEach(id -> named.put("lost/" + id, id));
        return named;
    }

    /** Returns the objects that only the agent has, with the types of commits and tags. */
    private Map<String, String> ownObjects() {
        if (!agent.hasObjects()) {
            return Map.of();
        }
        Git own = git.with("GIT_OBJECT_DIRECTORY", agent.objects().toString());
        Git.Answer all = own.attempt(
                new byte[0],
                "cat-file",
                "--batch-all-objects",
                "--unordered",
                "--batch-check=%(objectname) %(objecttype)");
        if (!all.isFine()) {
            leftOut.add("objects that can't be read");
            warnings.add("not all of its git directory can be read: " + all.reason());
        }
        Map<String, String> objects = new LinkedHashMap<>();
        all.text().lines().map(line -> line.split(" ")).forEach(words -> {
            if (words.length == 2 && (words[1].equals("commit") || words[1].equals("tag"))) {
                objects.put(words[0], words[1]);
            }
        });
        if (!objects.isEmpty()) {
            Git persons = git.with(
                    "GIT_OBJECT_DIRECTORY", workspace.repository().objects().toString());
            objects.keySet()
                    .removeAll(
                            persons.run(lines(objects.keySet(), List.of()), "cat-file", "--batch-check=%(objectname)")
                                    .text()
                                    .lines()
                                    .filter(line -> !line.endsWith(" missing"))
                                    .collect(Collectors.toSet()));
        }
        return objects;
    }

    /** Returns the complete commits. A kill during a commit leaves incomplete ones. */
    private Set<String> readable(Set<String> commits) {
        if (commits.isEmpty() || isWhole(commits)) {
            return commits;
        }
        return commits.stream().filter(commit -> isWhole(List.of(commit))).collect(Collectors.toSet());
    }

    private Set<String> unreached(Set<String> commits, String head) {
        if (commits.isEmpty()) {
            return Set.of();
        }
        Set<String> unreached = git.run(lines(commits, List.of(head, workspace.base())), "rev-list", "--stdin")
                .text()
                .lines()
                .collect(Collectors.toCollection(LinkedHashSet::new));
        unreached.retainAll(commits);
        return unreached;
    }

    private Set<String> parentsOf(Set<String> commits) {
        Set<String> parents = new HashSet<>();
        if (!commits.isEmpty()) {
            git.run(lines(commits, List.of()), "rev-list", "--no-walk=unsorted", "--parents", "--stdin")
                    .text()
                    .lines()
                    .forEach(line -> {
                        List<String> words = List.of(line.split(" "));
                        parents.addAll(words.subList(1, words.size()));
                    });
        }
        return parents;
    }

    /** Points a ref to its new commit. Its last commit is kept as well, unless it is an ancestor of the new one. */
    private void keep(String name, String id, Map<String, String> before) {
        String last = before.get(name);
        if (id.equals(last)) {
            return;
        }
        if (last != null && git.find("merge-base", "--is-ancestor", last, id).isEmpty()) {
            update(OTHER + "lost/" + last, last);
        }
        if (!update(OTHER + name, id)) {
            // Not a valid ref name, or one that collides with others.
            update(OTHER + "lost/" + id, id);
        }
    }

    private boolean update(String ref, String id) {
        return git.attempt(FileNames.bytes("update " + ref + "\0" + id + "\0\0"), "update-ref", "--stdin", "-z")
                .isFine();
    }

    /** Removes kept refs whose commits the agent's HEAD now contains. */
    private void dropReached(String head) {
        listed().forEach((name, id) -> {
            boolean isCommit = git.ask("cat-file", "-t", id).equals("commit");
            if (isCommit && git.find("merge-base", "--is-ancestor", id, head).isPresent()) {
                git.run(FileNames.bytes("delete " + OTHER + name + "\0" + id + "\0"), "update-ref", "--stdin", "-z");
            }
        });
    }

    /** Returns the refs that are kept only in the workspace. */
    List<String> others() {
        return tell(kept.keySet().stream().map(FileNames::utf8).toList(), "in the workspace");
    }

    /** Fetches them into the user's repository, and returns their names. */
    List<String> publishOthers() {
        if (kept.isEmpty()) {
            return List.of();
        }
        RunRefs target = new RunRefs(workspace);
        Git.Answer taken = target.take(OTHER + "*", target.others() + "*");
        if (!taken.isFine()) {
            leftOut.add("commits elsewhere than on its branch");
            warnings.add("git refuses what it committed elsewhere than on its branch: " + taken.reason());
            return others();
        }
        return tell(
                kept.keySet().stream()
                        .map(name -> FileNames.utf8(target.others() + name))
                        .toList(),
                "in your repository");
    }

    private List<String> tell(List<String> names, String where) {
        names.stream()
                .limit(MOST_TOLD)
                .forEach(name ->
                        warnings.add("it left commits elsewhere than on its branch, kept " + where + ": " + name));
        if (names.size() > MOST_TOLD) {
            warnings.add("and " + (names.size() - MOST_TOLD) + " more such");
        }
        return names;
    }
}
