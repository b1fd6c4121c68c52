package io.github.claudefleet.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.OneLine;
import io.github.claudefleet.spec.TaskId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the lines of {@code claude -p --output-format stream-json} (measured with 2.1.330) and of {@code run.sh}.
 * Accepts any line: an agent's output must never stop its follower.
 */
public final class EventReader {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int LONGEST_TARGET = 120;
    private static final int LONGEST_NAME = 60;
    /** The CLI's own types, which are no work of the agent and which the CLI doesn't wait for. */
    private static final Set<String> HOUSEKEEPING = Set.of("dream", "auto_mode_scan", "post_turn_memory");

    private static final Set<String> STOPPED = Set.of("stopped", "killed");
    /** Arguments that name the object of a tool use, by precedence. */
    private static final List<String> TARGETS = List.of(
            "file_path",
            "notebook_path",
            "command",
            "pattern",
            "path",
            "url",
            "query",
            "skill",
            "description",
            "prompt");

    private EventReader() {}

    /** Reads the event on a line. */
    public static Event read(String line) {
        if (line.isBlank()) {
            return new Event.Other();
        }
        try {
            JsonNode event = JSON.readTree(line);
            return event != null && event.isObject() ? read(event) : new Event.Malformed();
        } catch (JsonProcessingException | DateTimeException | InvalidSpecException e) {
            return new Event.Malformed();
        }
    }

    private static Event read(JsonNode event) {
        return switch (event.path("type").asText()) {
            case "claude_fleet" -> frame(event);
            case "system" -> system(event);
            case "assistant" -> spoke(event);
            case "user" -> answered(event);
            case "rate_limit_event" -> limit(event.path("rate_limit_info"));
            case "result" -> new Event.Result(TurnResultReader.read(event));
            default -> new Event.Other();
        };
    }

    private static Event frame(JsonNode event) {
        TaskId task = TaskId.parse(event.path("task").asText());
        Instant at = Instant.parse(event.path("time").asText());
        int exit = event.path("exit").asInt();
        return switch (event.path("subtype").asText()) {
            case "begin" ->
                new Event.AttemptStarted(
                        task,
                        event.path("prompt").asText(),
                        text(event, "commit"),
                        event.path("round").asInt(1),
                        at,
                        SpanContext.of(
                                event.path("trace").asText(), event.path("span").asText()));
            case "end" ->
                new Event.ProcessExited(
                        task,
                        exit,
                        event.path("oom").asBoolean(),
                        event.path("check").asBoolean(),
                        at);
            case "full" ->
                new Event.NoSpaceLeft(task, OneLine.of(event.path("place").asText(), LONGEST_TARGET), at);
            case "check" -> new Event.CheckFinished(task, exit, at);
            default -> new Event.Other();
        };
    }

    private static Event system(JsonNode event) {
        return switch (event.path("subtype").asText()) {
            case "init" ->
                new Event.SessionInit(
                        text(event, "session_id"), text(event, "model"), text(event, "claude_code_version"));
            case "api_retry" ->
                new Event.ApiRetry(
                        event.path("attempt").asInt(),
                        event.path("max_retries").asInt(),
                        event.path("error").asText());
            case "background_tasks_changed" -> background(event.path("tasks"));
            case "task_notification" -> stopped(event, event.path("status"));
            case "task_updated" -> stopped(event, event.path("patch").path("status"));
            case "session_state_changed" ->
                new Event.SessionStateChanged(event.path("state").asText().equals("idle"));
            default -> new Event.Other();
        };
    }

    private static Event background(JsonNode tasks) {
        Map<String, String> underWay = new LinkedHashMap<>();
        for (JsonNode task : tasks) {
            String id = task.path("task_id").asText();
            if (!HOUSEKEEPING.contains(task.path("task_type").asText())) {
                underWay.put(
                        id,
                        OneLine.of(
                                CredentialRedactor.text(task.path("description").asText(id)), LONGEST_NAME));
            }
        }
        return new Event.BackgroundTasks(underWay);
    }

    /**
     * Reads a stop. The CLI prints one event for it if it ends itself, another if it continues, and both in between.
     */
    private static Event stopped(JsonNode event, JsonNode status) {
        return STOPPED.contains(status.asText())
                ? new Event.BackgroundTaskStopped(event.path("task_id").asText())
                : new Event.Other();
    }

    private static Event spoke(JsonNode event) {
        Map<String, Event.RequestedTool> uses = new LinkedHashMap<>();
        contents(event, "tool_use")
                .forEach(part -> uses.put(
                        part.path("id").asText(),
                        new Event.RequestedTool(part.path("name").asText(), target(part.path("input")))));
        JsonNode message = event.path("message");
        Optional<Instant> at = text(event, "timestamp").map(Instant::parse);
        return new Event.AssistantMessage(
                message.path("id").asText(), tokens(message.path("usage")), uses, at, isOfSubagent(event));
    }

    private static boolean isOfSubagent(JsonNode event) {
        return event.path("parent_tool_use_id").isTextual();
    }

    private static TokenUsage tokens(JsonNode usage) {
        return new TokenUsage(
                usage.path("input_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                usage.path("cache_read_input_tokens").asLong(),
                usage.path("cache_creation_input_tokens").asLong());
    }

    private static Event answered(JsonNode event) {
        List<String> failed = contents(event, "tool_result")
                .filter(part -> part.path("is_error").asBoolean())
                .map(part -> part.path("tool_use_id").asText())
                .toList();
        return new Event.ToolResults(failed);
    }

    /** Reads an exhausted quota. Good answers come with such an event as well. */
    private static Event limit(JsonNode limit) {
        boolean reached = limit.path("status").asText().equals("rejected")
                && limit.path("resetsAt").isNumber();
        return reached
                ? new Event.RateLimit(
                        Instant.ofEpochSecond(limit.path("resetsAt").asLong()))
                : new Event.Other();
    }

    private static Stream<JsonNode> contents(JsonNode event, String type) {
        List<JsonNode> parts = new ArrayList<>();
        event.path("message").path("content").forEach(parts::add);
        return parts.stream().filter(part -> part.path("type").asText().equals(type));
    }

    private static String target(JsonNode input) {
        return TARGETS.stream()
                .map(name -> input.path(name).asText())
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(text -> OneLine.of(CredentialRedactor.text(text), LONGEST_TARGET))
                .orElse("");
    }

    private static Optional<String> text(JsonNode event, String name) {
        return Optional.of(event.path(name).asText("")).filter(text -> !text.isEmpty());
    }
}
