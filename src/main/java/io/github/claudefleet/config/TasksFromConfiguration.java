package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.tasksource.CommandLines;
import io.github.claudefleet.tasksource.CsvRows;
import io.github.claudefleet.tasksource.FileGlob;
import io.github.claudefleet.tasksource.JsonRows;
import io.github.claudefleet.tasksource.TaskExpansion;
import io.github.claudefleet.tasksource.TaskSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Configuration of {@code <tasksFrom>}: one source of tasks, and the prompt that is made of each of its rows; a plain
 * path is {@code prompts}.
 */
public class TasksFromConfiguration {

    private static final int MOST_TASKS = 10_000;

    private String prompts;
    private SurefireConfiguration surefire;
    private ModulesConfiguration modules;
    private String files;
    private String json;
    private String csv;
    private String command;
    private String prompt;
    private String promptFile;
    private Integer maxTasks;
    private String groupBy;

    /** Sets a plain path: {@code <tasksFrom>prompts</tasksFrom>}. */
    public void set(String path) {
        prompts = path;
    }

    /**
     * Returns the tasks; none if the source has none in this run.
     *
     * @param known placeholders that all prompts may use
     */
    List<Task> toTasks(AgentName queue, Placeholders known, ConfigurationContext context) {
        List<TaskSource> sources = sources(context);
        if (sources.size() + (prompts == null ? 0 : 1) != 1) {
            throw new InvalidSpecException(
                    "agent.tasksFrom",
                    sources.isEmpty() ? "has no source" : "has more than one source",
                    "Give it one of <surefire>, <modules>, <files>, <json>, <csv>, <command> and <prompts>.");
        }
        if (prompts != null) {
            refuseTemplate();
            return TaskTexts.from(PathText.resolve(context.baseDirectory(), prompts))
                    .toTasks(queue, known);
        }
        TaskSource source = sources.get(0);
        String template = template(source, context.baseDirectory());
        TaskExpansion expansion = new TaskExpansion(
                Optional.ofNullable(groupBy),
                maxTasks == null
                        ? TaskExpansion.DEFAULT_MAX_TASKS
                        : Numbers.within("agent.tasksFrom.maxTasks", maxTasks, 1, MOST_TASKS));
        return context
                .tasks()
                .tasksOf(
                        queue,
                        () -> expansion.expand(
                                source.read(),
                                (task, values) -> with(known, task, values).resolve(template)))
                .stream()
                .map(task -> new Task(TaskId.of(queue, task.name()), new Prompt(task.prompt())))
                .toList();
    }

    private List<TaskSource> sources(ConfigurationContext context) {
        Path base = context.baseDirectory();
        return Stream.<Optional<TaskSource>>of(
                        Optional.ofNullable(surefire).map(one -> one.toSource(context)),
                        Optional.ofNullable(modules).map(one -> one.toSource(context)),
                        Optional.ofNullable(files).map(patterns -> new FileGlob(base, patterns)),
                        Optional.ofNullable(json).map(path -> new JsonRows(PathText.resolve(base, path), path)),
                        Optional.ofNullable(csv).map(path -> new CsvRows(PathText.resolve(base, path), path)),
                        Optional.ofNullable(command).map(line -> new CommandLines(line, base, CommandLines.LIMIT)))
                .flatMap(Optional::stream)
                .toList();
    }

    private void refuseTemplate() {
        boolean templated = Stream.of(prompt, promptFile, maxTasks, groupBy).anyMatch(parameter -> parameter != null);
        if (templated) {
            throw new InvalidSpecException(
                    "agent.tasksFrom.prompts",
                    "is set beside prompt, promptFile, maxTasks or groupBy",
                    "Leave them out: files with prompts are taken as they are.");
        }
    }

    private String template(TaskSource source, Path baseDirectory) {
        if (prompt != null && promptFile != null) {
            throw new InvalidSpecException("agent.tasksFrom.prompt", "is set beside promptFile", "Keep one of them.");
        }
        if (promptFile != null) {
            return PromptFiles.read("agent.tasksFrom.promptFile", PathText.resolve(baseDirectory, promptFile));
        }
        return Optional.ofNullable(prompt)
                .or(() -> source.defaultPrompt(groupBy != null))
                .orElseThrow(() -> new InvalidSpecException(
                        "agent.tasksFrom.prompt",
                        "is missing",
                        "Write what the agent shall do with each row, with placeholders such as {{file}}."));
    }

    /** Adds the values of a row, which go before others of the same name. */
    private static Placeholders with(Placeholders known, String task, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(known.values());
        all.putIfAbsent("task", task);
        all.putAll(values);
        return new Placeholders(known.properties(), all);
    }
}
