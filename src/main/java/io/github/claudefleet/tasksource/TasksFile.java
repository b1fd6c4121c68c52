package io.github.claudefleet.tasksource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** File of the tasks that a fleet was started with. It is complete at any time. */
record TasksFile(Path file) {

    private static final String NAME = "tasks.json";
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param agents tasks of each agent that has a source, by its name in the pom */
    private record Content(int schemaVersion, String fleet, String project, Map<String, List<FoundTask>> agents) {}

    static TasksFile in(Path directory) {
        return new TasksFile(directory.resolve(NAME));
    }

    void write(FleetId fleet, Map<String, List<FoundTask>> agents) {
        Content content =
                new Content(VERSION, fleet.name().value(), fleet.project().directory(), agents);
        try {
            // As text first, because Jackson's bytes can't have half of a surrogate pair, which a report can contain.
            byte[] bytes = JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(content)
                    .getBytes(StandardCharsets.UTF_8);
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling("." + file.getFileName() + ".new");
            Files.write(draft, bytes);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the tasks can't be written to " + file + ": " + FileProblem.of(e), e);
        }
    }

    List<FoundTask> read(FleetId fleet, AgentName agent) {
        Content content = content();
        boolean same = fleet.name().value().equals(content.fleet())
                && fleet.project().directory().equals(content.project());
        if (!same) {
            throw refusal("has the tasks of fleet " + content.fleet() + " of " + content.project());
        }
        List<FoundTask> tasks = content.agents().get(agent.value());
        if (tasks == null) {
            throw refusal("has no tasks for agent " + agent + ", which had no <tasksFrom> when the fleet was started");
        }
        return tasks;
    }

    private Content content() {
        try {
            Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
            if (content.schemaVersion() != VERSION || content.agents() == null) {
                throw refusal("is of another version of this plugin");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw refusal("is not there, in which claude-fleet:start stores its tasks");
        } catch (JsonProcessingException e) {
            throw refusal("is no JSON of this plugin");
        } catch (IOException e) {
            throw refusal("can't be read: " + FileProblem.of(e, file));
        }
    }

    private InvalidSpecException refusal(String problem) {
        return new InvalidSpecException(
                "agent.tasksFrom",
                "is unknown: " + file + " " + problem,
                "Run claude-fleet:start first (with the same resultsDirectory), or claude-fleet:run, which does all in"
                        + " one.");
    }
}
