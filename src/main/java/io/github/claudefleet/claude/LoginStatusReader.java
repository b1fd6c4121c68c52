package io.github.claudefleet.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.engine.ExecResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the login status from the CLI's structured answer to a request ({@code --output-format stream-json}), never
 * from the exit status alone: some versions exit with 0 although they report an API error.
 */
public final class LoginStatusReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Exit status of GNU {@code timeout} when the time is up. */
    private static final int TIMED_OUT = 124;
    /**
     * Exit status of BusyBox {@code timeout} (measured with 1.35) when the time is up: that of the terminated command.
     */
    private static final int TERMINATED = 143;

    private static final int KILLED = 137;
    private static final int NOT_FOUND = 127;
    private static final int MOST_DETAIL = 300;

    private LoginStatusReader() {}

    public static LoginStatus read(ExecResult answer) {
        List<JsonNode> events = events(answer.output());
        Optional<JsonNode> result = events.stream()
                .filter(event -> event.path("type").asText().equals("result"))
                .reduce((first, second) -> second);
        return result.map(event -> judge(event, events)).orElseGet(() -> judgeWithoutResult(answer));
    }

    private static LoginStatus judgeWithoutResult(ExecResult answer) {
        return switch (answer.exitCode()) {
            case TIMED_OUT, TERMINATED, KILLED -> LoginStatus.of(Kind.TIMED_OUT);
            case NOT_FOUND -> LoginStatus.of(Kind.CLI_MISSING);
            default ->
                LoginStatus.of(
                        Kind.UNKNOWN,
                        "exit status " + answer.exitCode() + ": " + cut(answer.output() + answer.errors()));
        };
    }

    private static LoginStatus judge(JsonNode result, List<JsonNode> events) {
        if (isAnswered(result)) {
            return LoginStatus.of(Kind.VALID);
        }
        LoginStatus verdict = ofFailure(
                result, result.path("result").asText(result.path("errors").toString()));
        return verdict.kind() == Kind.OUT_OF_QUOTA ? verdict.withReset(resetsAt(events)) : verdict;
    }

    /**
     * Returns the login status for a failed answer. The reset time of a quota comes with another event.
     *
     * @param result event of type {@code result}
     * @param text message of the event
     */
    public static LoginStatus ofFailure(JsonNode result, String text) {
        return LoginStatus.of(LoginStatusRules.of(result, text), cut(text));
    }

    /** Checks whether the model has answered. A model that requests more turns than allowed has answered as well. */
    private static boolean isAnswered(JsonNode result) {
        return !result.path("is_error").asBoolean(false)
                || result.path("subtype").asText().equals("error_max_turns");
    }

    /** Finds the reset time. Successful answers come with such an event too, with status {@code allowed}. */
    private static Optional<Instant> resetsAt(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("rate_limit_info"))
                .filter(limit -> limit.path("status").asText().equals("rejected"))
                .map(limit -> limit.path("resetsAt"))
                .filter(JsonNode::isNumber)
                .map(seconds -> Instant.ofEpochSecond(seconds.asLong()))
                .findFirst();
    }

    private static List<JsonNode> events(String output) {
        List<JsonNode> events = new ArrayList<>();
        output.lines().forEach(line -> parse(line).ifPresent(events::add));
        return events;
    }

    public static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String cut(String text) {
        String line = CredentialRedactor.text(text.strip().replaceAll("\\s+", " "));
        return line.length() <= MOST_DETAIL ? line : line.substring(0, MOST_DETAIL) + "…";
    }
}
