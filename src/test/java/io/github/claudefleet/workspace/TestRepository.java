package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.shapes.Allowance;
import io.github.claudefleet.workspace.shapes.HostSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Repository of a person, created by a test and compared with its last state whenever the person does something. */
final class TestRepository {

    /** Policy that integrates changes with the fleet as their author. */
    static final IntegrationSpec HOME =
            new IntegrationSpec(MergePolicy.BRANCH, true, "origin", Optional.of(CommitAuthor.FLEET));

    private static final Allowance PROMISED = Allowance.branchesOf("shop")
            .and("ref refs/heads/claude-fleet@\\d+/shop/.*")
            .and("(.*/)?logs/refs/.*");

    private final Path root;
    private Allowance allowed = PROMISED;
    private HostSnapshot before;

    private TestRepository(Path root) {
        this.root = root;
        this.before = HostSnapshot.of(root);
    }

    /** Creates a repository with one commit, of README.md and src/App.java. */
    static TestRepository at(Path root) {
        TestRepository repository = empty(root);
        repository
                .write("README.md", "hello\n")
                .write("src/App.java", "class App {}\n")
                .write(".gitignore", "target/\n*.secret\n");
        repository.git("add", "--all");
        repository.git("commit", "--quiet", "-m", "First");
        return repository;
    }

    static TestRepository empty(Path root) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Git.asPerson(root).run("init", "--quiet", "--initial-branch=main");
        return over(root);
    }

    /** Wraps an existing repository. */
    static TestRepository over(Path root) {
        TestRepository repository = new TestRepository(root);
        PersonUnharmed.watch(repository);
        repository.git("config", "user.name", "Pat");
        repository.git("config", "user.email", "pat@example.org");
        return repository;
    }

    TestRepository write(String name, String text) {
        check();
        write(root.resolve(name), text);
        return changed();
    }

    /** Compares the whole content with the person's last state. */
    void check() {
        assertThat(before.differences(allowed))
                .as("differences in " + root + " that nobody promised")
                .isEmpty();
    }

    /** Records changes that the person made by other means. */
    TestRepository changed() {
        before = HostSnapshot.of(root);
        allowed = PROMISED;
        return this;
    }

    /** Forgets the repository, because the person removed or moved it. */
    void gone() {
        PersonUnharmed.forget(this);
    }

    /** Allows a merge into the checked-out branch until the person's next action; these files then differ. */
    void getsMerged(String... files) {
        may("\\.git/(index|ORIG_HEAD|logs/HEAD)");
        may("ref refs/heads/main");
        for (String file : files) {
            may(Pattern.quote(file));
        }
    }

    /** Allows differences in names that match a pattern until the person's next action. */
    void may(String pattern) {
        allowed = allowed.and(pattern);
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestRepository commit(String message) {
        git("add", "--all");
        git("commit", "--quiet", "-m", message);
        return this;
    }

    String git(String... arguments) {
        check();
        try {
            return Git.asPerson(root).ask(arguments);
        } finally {
            changed();
        }
    }

    /** Runs a git command of the person that may fail. */
    void tries(String... arguments) {
        check();
        Git.asPerson(root).attempt(new byte[0], arguments);
        changed();
    }

    Path root() {
        return root;
    }

    Repository repository() {
        return Repository.around(root).orElseThrow();
    }

    String head() {
        return git("rev-parse", "HEAD");
    }

    AgentWorkspace worktree(WorkspaceLayout place) {
        return tree(place, WorkspaceStrategy.WORKTREE, head());
    }

    AgentWorkspace tree(WorkspaceLayout place, WorkspaceStrategy strategy, String base) {
        String branch = "claude-fleet/shop/" + place.directory().getFileName();
        AgentWorkspace workspace =
                new AgentWorkspace(repository(), place, strategy, branch, base, HOME, AgentWorkspace.newRun());
        return new WorkspaceCreator(workspace).make();
    }

    /** Git as the agent runs it: with its own git directory, and the repository's objects as alternates. */
    static Git agent(AgentWorkspace worktree) {
        WorkspaceLayout place = worktree.place();
        return Git.asPerson(place.tree())
                .with("GIT_DIR", place.agentGit().toString())
                .with("GIT_WORK_TREE", place.tree().toString())
                .with(
                        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                        worktree.repository().objects().toString());
    }

    static Optional<String> content(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
