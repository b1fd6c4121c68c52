package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;

/**
 * File that describes a workspace and the operation in progress. It is written before anything is created or removed,
 * so that the next goal can complete or undo the work of a killed one. It may contain a remote's URL with a password,
 * so only its owner can read it.
 */
record WorkspaceRecord(AgentWorkspace workspace, State state) {

    private static final String PERSON_ONLY = "rw-------";
    /** Key for a candidate that is not chosen. Without it, an agent is no candidate. */
    private static final String ONLY_BRANCH = "onlyBranch";

    /** State of a workspace. */
    enum State {
        /** Creation of its files in progress; no agent has used it. */
        MAKING,
        /** Ready for, or in use by, an agent. */
        READY,
        /** Start from other agents in progress; its agent has not worked yet, and its files may be theirs. */
        STARTING,
        /** Removal in progress, with its files. */
        REMOVING,
        /** Removal in progress; its files are set aside. */
        SETTING_ASIDE
    }

    /** Reads the record of a workspace; empty if there is none or it can't be parsed. */
    static Optional<WorkspaceRecord> in(WorkspaceLayout place) {
        if (!Files.isRegularFile(place.record())) {
            return Optional.empty();
        }
        Properties record = new Properties();
        try (var in = Files.newBufferedReader(place.record(), StandardCharsets.UTF_8)) {
            record.load(in);
            return Optional.of(
                    new WorkspaceRecord(workspace(place, record), State.valueOf(record.getProperty("state"))));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace's " + place.record() + " can't be read: " + FileProblem.of(e), e);
        } catch (IllegalArgumentException | NullPointerException e) {
            // From another version, or damaged: the workspace can only be discarded.
            return Optional.empty();
        }
    }

    /** Returns the workspace that exists in a directory, if any. */
    static Optional<AgentWorkspace> workspaceIn(WorkspaceLayout place) {
        return in(place).map(WorkspaceRecord::workspace);
    }

    /** Checks whether a start from other agents was begun and not finished. */
    static boolean isStarting(WorkspaceLayout place) {
        return in(place).filter(record -> record.state == State.STARTING).isPresent();
    }

    private static AgentWorkspace workspace(WorkspaceLayout place, Properties record) {
        Repository repository = new Repository(
                Path.of(record.getProperty("repository")),
                Path.of(record.getProperty("git")),
                Boolean.parseBoolean(record.getProperty("plain")));
        IntegrationSpec home = new IntegrationSpec(
                MergePolicy.of(record.getProperty("merge")),
                Boolean.parseBoolean(record.getProperty("commit")),
                record.getProperty("remote"),
                Optional.of(new CommitAuthor(record.getProperty("author.name"), record.getProperty("author.email"))),
                Boolean.parseBoolean(record.getProperty(ONLY_BRANCH)));
        return new AgentWorkspace(
                repository,
                place,
                WorkspaceStrategy.of(record.getProperty("strategy")),
                required(record, "branch"),
                required(record, "base"),
                home,
                required(record, "run"));
    }

    private static String required(Properties record, String name) {
        return Optional.ofNullable(record.getProperty(name)).orElseThrow(NullPointerException::new);
    }

    /** Records whether the agent of a workspace is the chosen one of several candidates. */
    static void choose(WorkspaceLayout place, boolean chosen) {
        if (in(place).isEmpty()) {
            return;
        }
        WorkspaceLock.holding(place, () -> {
            Optional<WorkspaceRecord> found = in(place);
            if (found.filter(one -> one.workspace.home().onlyBranch() == chosen).isPresent()) {
                AgentWorkspace one = found.get().workspace;
                new WorkspaceRecord(one.with(one.home().ofCandidate(chosen)), found.get().state).store();
            }
            return place;
        });
    }

    /** Writes the record; a failure is an unchecked exception. */
    void store() {
        try {
            write();
        } catch (IOException e) {
            Path file = workspace.place().record();
            throw new UncheckedIOException("the workspace's " + file + " can't be written: " + FileProblem.of(e), e);
        }
    }

    void write() throws IOException {
        Properties record = new Properties();
        record.setProperty("state", state.name());
        record.setProperty("repository", workspace.repository().root().toString());
        record.setProperty("git", workspace.repository().gitDirectory().toString());
        record.setProperty("plain", String.valueOf(workspace.repository().isPlain()));
        record.setProperty("strategy", workspace.strategy().value());
        record.setProperty("branch", workspace.branch());
        record.setProperty("base", workspace.base());
        record.setProperty("run", workspace.run());
        record.setProperty("merge", workspace.home().merge().value());
        record.setProperty("commit", String.valueOf(workspace.home().commitsTheRest()));
        record.setProperty("remote", workspace.home().remote());
        record.setProperty(ONLY_BRANCH, String.valueOf(workspace.home().onlyBranch()));
        record.setProperty("author.name", workspace.author().name());
        record.setProperty("author.email", workspace.author().email());
        write(workspace.place().record(), record);
    }

    /** Writes properties atomically, readable only by their owner. */
    static void write(Path file, Properties properties) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PERSON_ONLY)));
        }
        try (var out = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
            properties.store(out, null);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
