package io.github.claudefleet.standin;

import java.time.Clock;

/**
 * Endpoints {@code /v1/messages} and {@code …/count_tokens}. Identifies the account, applies its behaviour and answers.
 */
final class MessagesEndpoint implements Endpoint {
    static final String PATH = ModelService.MESSAGES;

    private final Accounts accounts;
    private final Scripts scripts;
    private final MessageReplies replies;

    MessagesEndpoint(Accounts accounts, Scripts scripts, Clock clock) {
        this.accounts = accounts;
        this.scripts = scripts;
        this.replies = new MessageReplies(clock);
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
        Conversation conversation = Conversation.in(request);
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
        if (behaviour.is("flaky") && !conversation.side() && account.refusesThisOne()) {
            return ApiErrors.authentication();
        }
        Behaviour response = behaviour.is("429") ? Behaviour.quota(settings.resetsAt()) : behaviour;
        return replies.reply(response, conversation, () -> scripts.answer(account.name(), conversation));
    }

    private static void count(Account account, Conversation conversation, Reply reply) {
        if (conversation.side()) {
            account.countSideRequest();
        } else {
            account.countMessage(reply.status());
        }
    }
}
