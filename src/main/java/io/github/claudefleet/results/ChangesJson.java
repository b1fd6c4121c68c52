package io.github.claudefleet.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes and reads {@code changes.json}. */
final class ChangesJson {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChangesJson() {}

    /** Contents of the file. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Form(int schemaVersion, String fleet, String project, String build, List<AgentChanges> agents) {}

    static String write(ResultsOrigin origin, List<AgentChanges> agents) {
        try {
            Form form = new Form(VERSION, origin.fleet().value(), origin.project(), origin.build(), agents);
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(form) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    /** @throws InvalidSpecException if it can't be read or has another version */
    static CollectedChanges read(Path file) {
        try {
            Form form = JSON.readValue(Files.readString(file), Form.class);
            if (form.schemaVersion() == VERSION && form.project() != null && form.build() != null) {
                return new CollectedChanges(
                        new ResultsOrigin(new FleetName(form.fleet()), form.project(), form.build()), form.agents());
            }
        } catch (IOException | NullPointerException | IllegalArgumentException e) {
            throw unreadable(file);
        }
        throw unreadable(file);
    }

    private static InvalidSpecException unreadable(Path file) {
        return new InvalidSpecException(
                "resultsDirectory",
                "has a " + file + " that can't be read",
                "Remove it, and run claude-fleet:await or claude-fleet:stop again, which write it.");
    }
}
