package io.github.claudefleet.supervise;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.claude.Event;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.TaskId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Stores the CLI's output for each task in a directory with the task's id: {@code events.jsonl} and {@code stderr.log},
 * without anything that looks like a credential. A repeated task is appended to the same files.
 */
final class TaskFiles {

    static final String EVENTS = "events.jsonl";
    static final String ERRORS = "stderr.log";

    private final Path directory;
    private final Set<TaskId> begun = new HashSet<>();

    TaskFiles(Path directory) {
        this.directory = directory;
    }

    /** Creates a writer for the output of one agent, task after task. */
    Scribe scribe() {
        return new Scribe();
    }

    /**
     * Opens the files of a task. Replaces those of an earlier follower, since the engine has all output from the
     * beginning.
     */
    private synchronized BufferedWriter[] open(TaskId task) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(task.toString()));
        boolean first = begun.add(task);
        return new BufferedWriter[] {writer(folder.resolve(EVENTS), first), writer(folder.resolve(ERRORS), first)};
    }

    private static BufferedWriter writer(Path file, boolean anew) throws IOException {
        return Files.newBufferedWriter(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                anew ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
    }

    /** Writes the output of one agent. Not thread-safe. */
    final class Scribe implements AutoCloseable {

        private BufferedWriter[] files;

        void event(String line, Event event) {
            if (event instanceof Event.AttemptStarted begin) {
                close();
                files = attempt(() -> open(begin.task()));
            }
            if (!line.isEmpty()) {
                write(0, line);
            }
        }

        void error(String line) {
            write(1, line);
        }

        private void write(int file, String line) {
            if (files != null) {
                attempt(() -> {
                    files[file].write(CredentialRedactor.text(line));
                    files[file].newLine();
                    files[file].flush();
                    return null;
                });
            }
        }

        @Override
        public void close() {
            if (files != null) {
                BufferedWriter[] open = files;
                files = null;
                attempt(() -> {
                    open[0].close();
                    open[1].close();
                    return null;
                });
            }
        }
    }

    private interface Io<T> {
        T run() throws IOException;
    }

    private <T> T attempt(Io<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the results can't be written to " + directory + ": " + FileProblem.of(e), e);
        }
    }
}
