package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Git of the host, run as a process, without prompts and with English messages. {@link #alone} runs nothing but git
 * itself, however the inspected files were made: no hooks, no file watcher, no filters, none of the user's settings.
 */
final class Git {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final List<String> ALONE = List.of(
            "-c", "core.hooksPath=/dev/null",
            "-c", "core.fsmonitor=false",
            "-c", "core.attributesFile=/dev/null",
            "-c", "checkout.workers=0",
            "-c", "gc.auto=0",
            "-c", "maintenance.auto=false",
            "-c", "submodule.recurse=false",
            "-c", "diff.ignoreSubmodules=all",
            "-c", "commit.gpgSign=false",
            "-c", "protocol.allow=never",
            "-c", "protocol.file.allow=always",
            "-c", "core.splitIndex=false",
            "-c", "core.untrackedCache=false",
            "-c", "fetch.writeCommitGraph=false",
            "-c", "advice.addEmbeddedRepo=false");

    private final Path directory;
    private final List<String> options;
    private final Map<String, String> environment;

    private Git(Path directory, List<String> options, Map<String, String> environment) {
        this.directory = directory;
        this.options = options;
        this.environment = environment;
    }

    /** Returns git with the user's settings, hooks and filters, only for the user's own files. */
    static Git asPerson(Path directory) {
        return new Git(directory, List.of(), PersonGitEnvironment.of(System.getenv()));
    }

    /** Returns git without any of these. */
    static Git alone(Path directory) {
        return new Git(directory, ALONE, Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1"));
    }

    Git with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Git(directory, options, more);
    }

    /** Adds a setting, as {@code -c} does. */
    Git set(String name, String value) {
        List<String> more = new ArrayList<>(options);
        more.addAll(List.of("-c", name + "=" + value));
        return new Git(directory, more, environment);
    }

    /** Passes the password in a remote's URL to git, if it has one. */
    Git withPassword(RemoteUrl remote) {
        Map<String, String> credential = remote.credential();
        if (credential.isEmpty()) {
            return this;
        }
        Git git = set("credential.helper", "").set("credential.helper", RemoteUrl.HELPER);
        for (Map.Entry<String, String> variable : credential.entrySet()) {
            git = git.with(variable.getKey(), variable.getValue());
        }
        return git;
    }

    /** Sets author and committer. */
    Git by(CommitAuthor author) {
        return with("GIT_AUTHOR_NAME", author.name())
                .with("GIT_AUTHOR_EMAIL", author.email())
                .with("GIT_COMMITTER_NAME", author.name())
                .with("GIT_COMMITTER_EMAIL", author.email());
    }

    /** Returns the additional environment variables. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Result of a command. */
    record Answer(int status, byte[] bytes, String errors) {

        String text() {
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }

        /** Returns the output without its line end; a name may begin or end with white space. */
        String line() {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        }

        /** Splits NUL-terminated output. */
        List<String> parts() {
            return raws().stream().map(FileNames::utf8).toList();
        }

        /** Returns the parts as raw names ({@link FileNames}). */
        List<String> raws() {
            return Arrays.stream(new String(bytes, StandardCharsets.ISO_8859_1).split("\0"))
                    .filter(part -> !part.isEmpty())
                    .toList();
        }

        boolean isFine() {
            return status == 0;
        }

        /** Returns git's error messages in one line. The first line alone often gives no reason. */
        String reason() {
            String text = errors.isEmpty() ? text() : errors;
            String lines = text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("hint:"))
                    .limit(12)
                    .collect(Collectors.joining("; "));
            return lines.isEmpty() ? "exit status " + status : lines;
        }
    }

    /** Runs git, and fails on a nonzero status. */
    Answer run(String... arguments) {
        return run(new byte[0], arguments);
    }

    /** Runs git with data on its standard input. */
    Answer run(byte[] input, String... arguments) {
        Answer answer = attempt(input, arguments);
        if (answer.status() != 0) {
            throw new GitException(
                    "git " + RemoteUrl.masked(String.join(" ", arguments)) + " in " + directory + ": "
                            + answer.reason(),
                    null);
        }
        return answer;
    }

    String ask(String... arguments) {
        return run(arguments).text();
    }

    /** Returns the output, if git succeeds. */
    Optional<String> find(String... arguments) {
        Answer answer = attempt(new byte[0], arguments);
        return answer.status() == 0 ? Optional.of(answer.text()) : Optional.empty();
    }

    /** Returns the names that git ignores. {@code git add} rejects an ignored name even as an exclusion. */
    Set<String> ignored(Collection<String> raws) {
        return raws.isEmpty()
                ? Set.of()
                : Set.copyOf(attempt(FileNames.ended(raws), "check-ignore", "-z", "--stdin", "--no-index")
                        .raws());
    }

    /** Runs git and returns its result, whatever the status. */
    Answer attempt(byte[] input, String... arguments) {
        try {
            Path errors = Files.createTempFile("claude-fleet-git-", ".txt");
            try {
                return ended(start(errors, arguments), input, errors, arguments);
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new GitException(
                    "git can't be run in " + directory + ": " + FileProblem.of(e)
                            + ". Install git, which workspaces of their own are made with, or use workspace.strategy bind.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GitException("interrupted at git " + arguments[0] + " in " + directory, e);
        }
    }

    private Process start(Path errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(options);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
        // If Maven runs in a git hook, git has set variables that do not concern this repository.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(Map.of("LC_ALL", "C", "GIT_TERMINAL_PROMPT", "0", "GIT_OPTIONAL_LOCKS", "0"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Answer ended(Process process, byte[] input, Path errors, String... arguments)
            throws IOException, InterruptedException {
        Thread guard = guard(process);
        try (InputStream out = process.getInputStream()) {
            Thread feed = feed(process, input);
            byte[] bytes = out.readAllBytes();
            feed.join();
            int status = process.waitFor();
            return new Answer(
                    status,
                    bytes,
                    RemoteUrl.masked(new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).strip()));
        } finally {
            process.destroyForcibly();
            guard.interrupt();
        }
    }

    /** Writes in parallel to reading: git prints results before it has read all, and would block without a reader. */
    private static Thread feed(Process process, byte[] input) {
        Thread feed = new Thread(
                () -> {
                    try (OutputStream in = process.getOutputStream()) {
                        in.write(input);
                    } catch (IOException e) {
                        // Git ended without reading all; its status tells why.
                        return;
                    }
                },
                "claude-fleet-git-input");
        feed.setDaemon(true);
        feed.start();
        return feed;
    }

    /** Ends git at the time limit, so that its output ends. */
    private static Thread guard(Process process) {
        Thread guard = new Thread(
                () -> {
                    try {
                        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                            process.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        // Git has ended.
                        return;
                    }
                },
                "claude-fleet-git");
        guard.setDaemon(true);
        guard.start();
        return guard;
    }
}
