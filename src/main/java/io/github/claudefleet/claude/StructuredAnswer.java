package io.github.claudefleet.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Reads fields of a structured answer. */
public final class StructuredAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StructuredAnswer() {}

    /** Returns the text of a field; empty if there is none. */
    public static Optional<String> text(String answer, String field) {
        try {
            return Optional.of(JSON.readTree(answer).path(field))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
