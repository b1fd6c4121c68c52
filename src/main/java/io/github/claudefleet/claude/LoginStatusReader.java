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
 * Judges a login by the CLI's structured answer to a request ({@code --output-format stream-json}), never by the exit
 * status alone: some versions exit with 0 while they report an error of the API.
 */
public final class LoginStatusReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** GNU {@code timeout} ends with it when the time is up. */
    private static final int TIMED_OUT = 124;
    /** BusyBox {@code timeout} (measured with 1.35) ends as its command does, which it asked to end. */
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
     * What a failed answer says of the login and the service; when a quota resets is said by another event.
     *
     * @param result the CLI's event of type {@code result}
     * @param text its words
     */
    public static LoginStatus ofFailure(JsonNode result, String text) {
        return LoginStatus.of(LoginStatusRules.of(result, text), cut(text));
    }

    /** A model that wants more turns than it is given has answered as well. */
    private static boolean isAnswered(JsonNode result) {
        return !result.path("is_error").asBoolean(false)
                || result.path("subtype").asText().equals("error_max_turns");
    }

    /** Good answers come with such an event too, whose status is {@code allowed}. */
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
