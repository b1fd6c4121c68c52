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
 * The file that says what a workspace is, and what is being done to it. It is written before anything is made or removed, so that the
 * next goal can mend what a killed one has left. It may hold a remote's URL with a password: only its owner can read it.
 */
record WorkspaceRecord(AgentWorkspace workspace, State state) {

    private static final String PERSON_ONLY = "rw-------";

    /** The step that a workspace is at. */
    enum State {
        /** Its files are being made; no agent has been there. */
        MAKING,
        /** It is an agent's. */
        READY,
        /** It is being removed with its files. */
        REMOVING,
        /** It is being removed, and its files are put aside. */
        SETTING_ASIDE
    }

    /** The one in a place; empty where there is none that can be understood. */
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
            // Another version's, or damaged: nothing but giving it up can be done with it.
            return Optional.empty();
        }
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
                Optional.of(new CommitAuthor(record.getProperty("author.name"), record.getProperty("author.email"))));
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
        record.setProperty("author.name", workspace.author().name());
        record.setProperty("author.email", workspace.author().email());
        write(workspace.place().record(), record);
    }

    /** Writes properties whole or not at all, for their owner alone. */
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
