package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Repository, a fleet of one agent, and the faults that are found in both. */
final class Stage {

    static final String EDIT = "echo 'class App { int a; }' >App.java; rm gone.txt; mkdir new; echo new >'new/ö x.txt'";

    private final RepositoryShape shape;
    private final WorkspaceStrategy strategy;
    private final Path temp;
    private final Path person;
    private final Set<String> faults = new TreeSet<>();
    private final List<String> details = new ArrayList<>();
    private HostSnapshot before;
    private boolean personHasBranch;
    private Allowance allowed = Allowance.branchesOf(WorkspaceDriver.FLEET);
    private WorkspaceDriver driver;

    Stage(RepositoryShape shape, WorkspaceStrategy strategy, Path temp) {
        this.shape = shape;
        this.strategy = strategy;
        this.temp = temp;
        this.person = temp.resolve("person");
        shape.make(person, 0);
        this.before = HostSnapshot.of(person);
        mergeAs(MergePolicy.BRANCH);
    }

    void mergeAs(MergePolicy merge) {
        driver = new WorkspaceDriver(project(), root(), strategy, merge, results());
    }

    RepositoryShape shape() {
        return shape;
    }

    WorkspaceStrategy strategy() {
        return strategy;
    }

    Path temp() {
        return temp;
    }

    /** Creates another stage with the same shape and strategy. */
    Stage another(String name) {
        return new Stage(shape, strategy, temp.resolve(name));
    }

    /** Adds the faults of another stage. */
    void take(Stage other, String when) {
        other.faults.forEach(faults::add);
        other.details.forEach(detail -> details.add(when + ": " + detail));
    }

    WorkspaceDriver driver() {
        return driver;
    }

    Path project() {
        return shape.project(person);
    }

    Path person() {
        return person;
    }

    /** Root directory of the workspaces; behind a link if the repository is. */
    Path root() {
        if (shape != RepositoryShape.BEHIND_A_LINK) {
            return temp.resolve("workspaces");
        }
        try {
            Path link = temp.resolve("link");
            if (!Files.exists(link)) {
                Files.createDirectories(temp.resolve("elsewhere"));
                Files.createSymbolicLink(link, temp.resolve("elsewhere"));
            }
            return link.resolve("workspaces");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path results() {
        return temp.resolve("results");
    }

    String git(String arguments) {
        return Shell.run(project(), "git " + arguments);
    }

    String agent(String script) {
        return driver.shell(temp.resolve("view")).run(script);
    }

    AgentShell shell() {
        return driver.shell(temp.resolve("view"));
    }

    /** Records that the person committed to a branch of the fleet, which is then never removed. */
    void personHasBranch() {
        personHasBranch = true;
    }

    /** Runs a script of the person, whose changes are no faults. */
    void personDid(String script) {
        Shell.run(project(), script);
        before = HostSnapshot.of(person);
    }

    HostSnapshot before() {
        return before;
    }

    void fault(String word, Object detail) {
        faults.add(word);
        details.add(word + ": " + detail);
    }

    boolean isFaultless() {
        return faults.isEmpty();
    }

    /** Runs a goal; returns false if it fails. */
    boolean goal(String name, Runnable goal) {
        try {
            goal.run();
            return true;
        } catch (InvalidSpecException e) {
            fault("`" + name + "` refuses", e);
        } catch (RuntimeException e) {
            fault("`" + name + "` fails", e);
        }
        return false;
    }

    Optional<WorkspaceDriver.Result> asked(String name, Callable<Optional<WorkspaceDriver.Result>> goal) {
        try {
            return goal.call();
        } catch (Exception e) {
            fault("`" + name + "` fails", e);
            return Optional.empty();
        }
    }

    /** Checks that the new file of {@link #EDIT} is still in the workspace. */
    boolean hasAgentsFile() {
        return driver.tree()
                .filter(tree -> Files.exists(tree.resolve(shape.prefix() + "new/ö x.txt"))
                        || Files.exists(tree.resolve("new/ö x.txt")))
                .isPresent();
    }

    /** Sets the allowed differences from now on, which replace the default of the fleet's branches. */
    void allow(Allowance more) {
        allowed = more;
    }

    /** Compares the person's files with their previous state. */
    void checkPerson() {
        List<String> differences = before.differences(allowed);
        if (!differences.isEmpty()) {
            fault("**changed**: " + kinds(differences), differences);
        }
    }

    private static String kinds(List<String> differences) {
        return differences.stream().map(Stage::kind).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static String kind(String difference) {
        String name = difference.substring(difference.indexOf(' ') + 1);
        if (name.startsWith("ref ")) {
            return "refs";
        }
        for (String known : List.of("worktrees", "hooks", "logs", "config", "index", "objects")) {
            if (name.matches("(.*/)?(" + known + ")(/.*)?") && name.matches("(.*/)?[^/]*\\.git/.*")) {
                return known;
            }
        }
        return name.matches("(.*/)?[^/]*\\.git/.*") ? name.replaceAll(".*/", "") : "files";
    }

    /** Branches and refs of the fleet that exist. */
    List<String> refs() {
        return before.refsNow("refs/(heads/)?claude-fleet/.*");
    }

    /** Discards everything, which must leave only objects of git. */
    void checkGivesUp() {
        if (goal("clean", () -> driver.clean(true))) {
            List<String> left = left();
            if (!left.isEmpty()) {
                fault("`clean` leaves something", left);
            }
            checkPerson();
            if (!refs().isEmpty() && !personHasBranch) {
                fault("`clean` leaves something", refs());
            }
        }
    }

    List<String> left() {
        if (!Files.isDirectory(root())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> !file.equals(root()))
                    .map(file -> root().relativize(file).toString())
                    .limit(20)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares a branch, or a patch if there is none, with the changes of {@link #EDIT}. */
    void checkEdit(WorkspaceDriver.Result result) {
        if (result.files() != 3) {
            fault("**other files changed**", result);
        } else if (strategy != WorkspaceStrategy.COPY) {
            checkFiles(git("-c core.quotePath=false diff --name-status --no-renames " + result.base() + " "
                    + result.branch()));
        } else if (!Files.isRegularFile(result.patch(results()))) {
            fault("**lost**", "no patch");
        }
    }

    void checkFiles(String nameStatus) {
        String prefix = strategy == WorkspaceStrategy.COPY ? "" : shape.prefix();
        String expected = "M\t" + prefix + "App.java\nD\t" + prefix + "gone.txt\nA\t" + prefix + "new/ö x.txt";
        if (!nameStatus.equals(expected)) {
            fault("**other files changed**", nameStatus);
        }
    }

    String verdict(String otherwise) {
        return faults.isEmpty() ? otherwise : String.join("; ", faults);
    }

    List<String> details() {
        return details;
    }
}
