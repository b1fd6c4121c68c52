package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** Replies to messages: the model's answer, or the refusal of a service that behaves otherwise. */
record MessageReplies(Clock clock) {
    private static final Answer ASIDE = Answer.text("{\"title\":\"Stand-in\"}");

    private static final long HOUR = 3600;

    /** @param answer the model's answer, which is not asked for if the message is refused */
    Reply reply(Behaviour behaviour, Conversation conversation, Supplier<Answer> answer) {
        return switch (behaviour.word()) {
            case "401" -> ApiErrors.authentication();
            case "403" -> ApiErrors.permission();
            case "400-credit" -> ApiErrors.credit();
            case "429" -> ApiErrors.quota(behaviour.argument(), clock);
            case "429-throttle" -> ApiErrors.throttled();
            case "500" -> ApiErrors.server();
            case "529" -> ApiErrors.overloaded();
            case "hang" -> Reply.never();
            case "slow" -> speak(conversation, answer).after(behaviour.argument());
            default -> speak(conversation, answer);
        };
    }

    private Reply speak(Conversation conversation, Supplier<Answer> modelAnswer) {
        Answer answer = conversation.side() ? ASIDE : modelAnswer.get();
        MessageWriter writer = new MessageWriter(conversation.model(), answer);
        Reply reply = conversation.streamed()
                ? Reply.text(200, "text/event-stream; charset=utf-8", writer.events())
                : Reply.json(200, writer.message());
        return reply.withHeaders(allowed()).after(answer.delayMillis());
    }

    /** Returns the quota headers that the real service sends with every answer. */
    private Map<String, String> allowed() {
        return Map.of(
                "anthropic-ratelimit-unified-status", "allowed",
                "anthropic-ratelimit-unified-representative-claim", "five_hour",
                "anthropic-ratelimit-unified-reset", String.valueOf(clock.millis() / 1000 + HOUR));
    }
}
