package io.github.claudefleet.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A git repository of a project of src/it. Scripts run git by calling it: {@code git('log', '--format=%s')}. Git trusts
 * the directory, whoever owns it, and prints file names unquoted.
 */
public final class GitRepository {

    private final Path directory;

    private GitRepository(Path directory) {
        this.directory = directory;
    }

    /** Returns an existing repository. */
    public static GitRepository at(File directory) {
        return new GitRepository(directory.toPath());
    }

    /**
     * Creates a repository with the branch {@code main} and one commit, which has all files of the directory.
     *
     * @param ignored patterns of .gitignore
     */
    public static GitRepository create(File directory, String... ignored) throws IOException, InterruptedException {
        GitRepository git = at(directory);
        Files.write(directory.toPath().resolve(".gitignore"), List.of(ignored));
        git.call("init", "--quiet", "--initial-branch=main");
        git.call("add", "--all");
        git.call("commit", "--quiet", "-m", "First");
        return git;
    }

    /** Runs git as Pat and returns its output without the last line's end. A failure is thrown with the output. */
    public String call(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-c", "core.quotePath=false"));
        command.addAll(List.of("-c", "user.name=Pat", "-c", "user.email=pat@example.org", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        return Command.run(Map.of(), command);
    }
}
