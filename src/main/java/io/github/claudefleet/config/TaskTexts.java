package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Prompts that several replicas share, each named by its own name, its file's name or a number. */
record TaskTexts(List<Named> texts) {

    private static final int MOST_TASKS = 10_000;

    /** @param name name of the task; empty if it gets a number */
    private record Named(String name, String text) {}

    /** Returns the prompts of {@code <tasks>}. */
    static TaskTexts of(List<TaskConfiguration> tasks, Path baseDirectory) {
        return new TaskTexts(
                tasks.stream().map(task -> read(task, baseDirectory)).toList());
    }

    /** Returns the prompts of a path: a folder's files, or one file's parts. */
    static TaskTexts from(Path path) {
        if (!Files.isDirectory(path)) {
            return new TaskTexts(PromptFiles.readSeveral("agent.tasksFrom", path).stream()
                    .map(text -> new Named("", text))
                    .toList());
        }
        return new TaskTexts(PromptFiles.inFolder("agent.tasksFrom", path).stream()
                .map(file -> new Named(nameOf(file), PromptFiles.read("agent.tasksFrom", file)))
                .toList());
    }

    /**
     * Returns the tasks, in their order.
     *
     * @param known placeholders that the prompts may use; {@code task} is added for each
     */
    List<Task> toTasks(AgentName queue, Placeholders known) {
        if (texts.isEmpty() || texts.size() > MOST_TASKS) {
            throw new InvalidSpecException(
                    "agent.tasks",
                    "are " + texts.size(),
                    "Give it from 1 to " + MOST_TASKS + " tasks, or leave them out for an idle agent.");
        }
        int digits = String.valueOf(texts.size()).length();
        List<Task> tasks = new ArrayList<>();
        Set<TaskId> seen = new HashSet<>();
        for (Named text : texts) {
            String number = String.format(Locale.ROOT, "%0" + Math.max(2, digits) + "d", tasks.size() + 1);
            TaskId id = TaskId.of(queue, text.name().isEmpty() ? number : text.name());
            if (!seen.add(id)) {
                throw new InvalidSpecException(
                        "agent.tasks", "\"" + id + "\" is there twice", "Give each task a name of its own.");
            }
            Map<String, String> values = new HashMap<>(known.values());
            values.putIfAbsent("task", id.part().orElseThrow());
            Placeholders all = new Placeholders(known.properties(), values);
            tasks.add(new Task(id, new Prompt(all.resolve(text.text()))));
        }
        return tasks;
    }

    private static Named read(TaskConfiguration task, Path baseDirectory) {
        boolean inline = task.prompt() != null;
        if (inline == (task.promptFile() != null)) {
            throw new InvalidSpecException(
                    "agent.tasks",
                    "has a <task> with " + (inline ? "both prompt and promptFile" : "neither prompt nor promptFile"),
                    "Give each task one of them, or write its prompt between the tags.");
        }
        String text = inline
                ? task.prompt()
                : PromptFiles.read("agent.tasks", PathText.resolve(baseDirectory, task.promptFile()));
        return new Named(task.name() == null ? "" : task.name(), text);
    }

    /** Returns a file's name without its extension, reduced to a valid task name. */
    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.lastIndexOf('.')).toLowerCase(Locale.ROOT);
        String fit = stem.replaceAll("[^a-z0-9.-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        return fit.substring(0, Math.min(40, fit.length())).replaceAll("[.-]+$", "");
    }
}
