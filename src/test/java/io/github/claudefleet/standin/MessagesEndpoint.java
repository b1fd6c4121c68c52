package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.Map;

/**
 * Endpoints {@code /v1/messages} and {@code …/count_tokens}. Identifies the account, applies its behaviour and answers.
 */
final class MessagesEndpoint implements Endpoint {
    static final String PATH = "/v1/messages";

    private static final Answer ASIDE = Answer.text("{\"title\":\"Stand-in\"}");

    private final Accounts accounts;
    private final Scripts scripts;
    private final Clock clock;

    MessagesEndpoint(Accounts accounts, Scripts scripts, Clock clock) {
        this.accounts = accounts;
        this.scripts = scripts;
        this.clock = clock;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.credential().hasAccount()) {
            return ApiErrors.authentication();
        }
        Account account = accounts.named(request.credential().account());
        return request.path().endsWith("/count_tokens")
                ? countTokens(account, request.credential())
                : message(account, request);
    }

    private static Reply countTokens(Account account, Credential credential) {
        return account.accepts(credential)
                ? Reply.json(200, Json.object().with("input_tokens", 10))
                : ApiErrors.authentication();
    }

    private Reply message(Account account, Request request) {
        Conversation conversation = Conversation.in(request.json());
        return account.accepts(request.credential())
                ? answer(account, conversation)
                : counted(account, conversation, ApiErrors.authentication());
    }

    /** Answers an account without checking its credential. */
    Reply answer(Account account, Conversation conversation) {
        return counted(account, conversation, treat(account, conversation));
    }

    private static Reply counted(Account account, Conversation conversation, Reply reply) {
        count(account, conversation, reply);
        return reply.noted((conversation.side() ? "side request: " : "turn " + conversation.turn() + ": ")
                + conversation.prompt().lines().findFirst().orElse(""));
    }

    private Reply treat(Account account, Conversation conversation) {
        AccountSettings settings = account.settings();
        Behaviour behaviour = settings.behaviour().equals(Behaviour.OK) && !conversation.side()
                ? scripts.behaviour(account.name(), conversation)
                : settings.behaviour();
        return switch (behaviour.word()) {
            case "401" -> ApiErrors.authentication();
            case "403" -> ApiErrors.permission();
            case "400-credit" -> ApiErrors.credit();
            case "429" -> ApiErrors.quota(settings.resetsAt(), clock);
            case "429-throttle" -> ApiErrors.throttled();
            case "500" -> ApiErrors.server();
            case "529" -> ApiErrors.overloaded();
            case "hang" -> Reply.never();
            case "slow" -> speak(account, conversation).after(behaviour.argument());
            default ->
                !conversation.side() && account.refusesThisOne()
                        ? ApiErrors.authentication()
                        : speak(account, conversation);
        };
    }

    private Reply speak(Account account, Conversation conversation) {
        Answer answer = conversation.side() ? ASIDE : scripts.answer(account.name(), conversation);
        MessageWriter writer = new MessageWriter(conversation.model(), answer);
        Reply reply = conversation.streamed()
                ? Reply.text(200, "text/event-stream; charset=utf-8", writer.events())
                : Reply.json(200, writer.message());
        return reply.withHeaders(allowed()).after(answer.delayMillis());
    }

    /** Quota headers that the real service sends with every answer. */
    private Map<String, String> allowed() {
        return Map.of(
                "anthropic-ratelimit-unified-status", "allowed",
                "anthropic-ratelimit-unified-representative-claim", "five_hour",
                "anthropic-ratelimit-unified-reset", String.valueOf(clock.millis() / 1000 + 3600));
    }

    private static void count(Account account, Conversation conversation, Reply reply) {
        if (conversation.side()) {
            account.countSideRequest();
        } else {
            account.countMessage(reply.status());
        }
    }
}
