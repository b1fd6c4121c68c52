package io.github.claudefleet.fleet;

import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Warns about prompts that begin with a slash command, if the CLI would send it as text or end without a request. */
final class SlashPrompts {

    private static final Pattern COMMAND = Pattern.compile("/([A-Za-z][\\w:-]*)(?:\\s.*)?", Pattern.DOTALL);
    private static final int DEPTH = 4;

    /** Commands of the CLI (2.1.330) that end without a request if they are a prompt, as measured. */
    private static final Set<String> ASKING_NOTHING = Set.of(
            "add-dir",
            "agents",
            "bug",
            "clear",
            "color",
            "compact",
            "config",
            "context",
            "cost",
            "effort",
            "exit",
            "export",
            "fast",
            "help",
            "hooks",
            "ide",
            "login",
            "logout",
            "mcp",
            "memory",
            "model",
            "new",
            "output-style",
            "permissions",
            "plan",
            "plugin",
            "privacy-settings",
            "quit",
            "release-notes",
            "reset",
            "resume",
            "rewind",
            "skills",
            "stats",
            "status",
            "statusline",
            "tasks",
            "terminal-setup",
            "theme",
            "upgrade",
            "usage");

    private final PreconditionListener listener;
    private final Set<String> told = new HashSet<>();

    SlashPrompts(PreconditionListener listener) {
        this.listener = listener;
    }

    /** Warns once about each such command. */
    void tell(FleetSpec spec) {
        for (TaskQueue queue : spec.work().queues()) {
            spec.agents().stream()
                    .filter(agent -> queue.agents().contains(agent.name()))
                    .findFirst()
                    .ifPresent(agent -> queue.tasks().forEach(task -> tell(task, agent)));
        }
    }

    private void tell(Task task, AgentSpec agent) {
        Matcher matcher = COMMAND.matcher(task.prompt().text().strip());
        if (!matcher.matches() || isBrought(matcher.group(1), agent.claude())) {
            return;
        }
        String command = matcher.group(1);
        Optional<Path> file = agent.claude().repositorySettings() ? Optional.empty() : inRepository(command, agent);
        if (file.isPresent() && told.add(command)) {
            listener.commandSentAsText(task.id(), "/" + command, file.get());
        } else if (file.isEmpty() && ASKING_NOTHING.contains(command) && told.add(command)) {
            listener.commandMakesNoRequest(task.id(), "/" + command);
        }
    }

    private static boolean isBrought(String command, ClaudeOptions claude) {
        ClaudeContext context = claude.context();
        return context.skills().stream().anyMatch(skill -> skill.endsWith(command))
                || context.directory()
                        .flatMap(directory -> find(directory, command))
                        .isPresent();
    }

    /** Searches the agent's directory, and the directories above it in the repository. */
    private static Optional<Path> inRepository(String command, AgentSpec agent) {
        for (Path folder = agent.workspace().directory(); folder != null; folder = folder.getParent()) {
            Optional<Path> found = find(folder.resolve(ClaudeFiles.CONFIG_DIRECTORY), command);
            if (found.isPresent() || Files.exists(folder.resolve(".git"))) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Finds a command's file. Its subdirectories are not part of the command's name, or come before a colon. */
    private static Optional<Path> find(Path directory, String command) {
        Path skill = directory
                .resolve(ClaudeFiles.SKILLS)
                .resolve(command.replace(':', '-'))
                .resolve(ClaudeFiles.SKILL);
        if (Files.isRegularFile(skill)) {
            return Optional.of(skill);
        }
        Path ending = Path.of(command.replace(':', '/') + ".md");
        try (Stream<Path> files = Files.walk(directory.resolve("commands"), DEPTH)) {
            return files.filter(file -> file.endsWith(ending)).findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // there are none, or none that the user may read
        }
    }
}
