package io.github.claudefleet.claude;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.spec.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the event of type {@code result}. */
public final class TurnResultReader {

    private TurnResultReader() {}

    public static TurnResult read(JsonNode event) {
        boolean error = event.path("is_error").asBoolean(false);
        return new TurnResult(
                event.path("subtype").asText(),
                text(event),
                structured(event.path("structured_output")),
                new Usd(cost(event)),
                tokens(event),
                event.path("num_turns").asInt(),
                Duration.ofMillis(event.path("duration_api_ms").asLong()),
                denials(event.path("permission_denials")),
                isFromModel(event),
                error ? Optional.of(failure(event)) : Optional.empty());
    }

    /** Checks for a call of the model. A result without a number of turns counts as one turn. */
    private static boolean isFromModel(JsonNode event) {
        return event.path("num_turns").asInt(1) > 0
                || event.path("total_cost_usd").asDouble() > 0
                || event.path("duration_api_ms").asLong() > 0
                || !event.path("modelUsage").isEmpty();
    }

    private static LoginStatus failure(JsonNode event) {
        return LoginStatusReader.ofFailure(event, text(event));
    }

    /** Reads the message. The CLI's own errors come as a list, and without a result. */
    private static String text(JsonNode event) {
        String result = event.path("result").isTextual() ? event.path("result").asText() : "";
        return result.isEmpty() ? String.join("; ", texts(event.path("errors"))) : result;
    }

    private static Optional<String> structured(JsonNode output) {
        return output.isMissingNode() || output.isNull() ? Optional.empty() : Optional.of(output.toString());
    }

    /** Reads the cost to a millionth of a dollar, since the CLI adds up binary fractions. */
    private static BigDecimal cost(JsonNode event) {
        return event.path("total_cost_usd")
                .decimalValue()
                .max(BigDecimal.ZERO)
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros();
    }

    /** Adds up by model, since {@code usage} is of the last turn only if a limit was reached. */
    private static TokenUsage tokens(JsonNode event) {
        List<JsonNode> models = new ArrayList<>();
        event.path("modelUsage").forEach(models::add);
        return models.stream()
                .map(model -> new TokenUsage(
                        model.path("inputTokens").asLong(),
                        model.path("outputTokens").asLong(),
                        model.path("cacheReadInputTokens").asLong(),
                        model.path("cacheCreationInputTokens").asLong()))
                .reduce(TokenUsage.NONE, TokenUsage::plus);
    }

    private static List<String> denials(JsonNode denials) {
        List<JsonNode> list = new ArrayList<>();
        denials.forEach(list::add);
        return list.stream().map(denial -> denial.path("tool_name").asText()).collect(Collectors.toList());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
