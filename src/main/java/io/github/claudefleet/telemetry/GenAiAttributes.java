package io.github.claudefleet.telemetry;

import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.task.AttemptReport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attributes of OpenTelemetry's conventions for generative AI. Only attempts have them, so that a sum over all spans
 * counts no token twice.
 */
final class GenAiAttributes {

    private GenAiAttributes() {}

    static Map<String, Object> of(AttemptReport attempt) {
        TokenUsage tokens = attempt.usage().tokens();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("gen_ai.operation.name", "invoke_agent");
        attributes.put("gen_ai.provider.name", "anthropic");
        attributes.put("gen_ai.agent.name", attempt.agent().value());
        attempt.session().id().ifPresent(id -> attributes.put("gen_ai.conversation.id", id));
        attempt.session().model().ifPresent(model -> attributes.put("gen_ai.response.model", model));
        attributes.put("gen_ai.usage.input_tokens", tokens.input() + tokens.cacheRead() + tokens.cacheCreation());
        attributes.put("gen_ai.usage.output_tokens", tokens.output());
        attributes.put("gen_ai.usage.cache_read.input_tokens", tokens.cacheRead());
        attributes.put("gen_ai.usage.cache_creation.input_tokens", tokens.cacheCreation());
        return attributes;
    }
}
