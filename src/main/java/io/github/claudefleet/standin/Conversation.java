package io.github.claudefleet.standin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parsed content of a message request.
 *
 * @param prompt last text that the user typed, without the reminders that the CLI adds
 * @param turn number of turns that the model has taken since
 * @param side true if the CLI sends the request by itself, for a title or a quota probe
 * @param sender sender of the request
 * @param schema JSON schema of the answer that the CLI was asked for; empty for a text
 */
record Conversation(
        String model,
        boolean streamed,
        String prompt,
        int turn,
        boolean side,
        Sender sender,
        Optional<JsonObject> schema) {
    /** Tool by which a model gives an answer with a schema (2.1.332, measured). */
    static final String STRUCTURED_OUTPUT = "StructuredOutput";

    private static final String REMINDER = "<system-reminder>";

    /** @throws IllegalArgumentException if the request's body is not a JSON object */
    static Conversation in(Request request) {
        return in(request.json(), Sender.in(request.headers()));
    }

    static Conversation in(JsonObject body, Sender sender) {
        List<JsonObject> messages = body.objects("messages");
        int at = lastPromptIn(messages);
        return new Conversation(
                body.text("model", "standin"),
                body.flag("stream", false),
                at < 0 ? "" : typedIn(messages.get(at)),
                (int) messages.stream()
                        .skip(at + 1L)
                        .filter(message -> isBy(message, "assistant"))
                        .count(),
                SideRequest.is(body),
                sender,
                body.objects("tools").stream()
                        .filter(tool -> tool.text("name").equals(STRUCTURED_OUTPUT))
                        .map(tool -> tool.object("input_schema"))
                        .findFirst());
    }

    /** Returns a copy for a service that names the model elsewhere. */
    Conversation with(String otherModel, boolean isStreamed) {
        return new Conversation(otherModel, isStreamed, prompt, turn, side, sender, schema);
    }

    private static int lastPromptIn(List<JsonObject> messages) {
        int at = messages.size() - 1;
        while (at >= 0
                && !(isBy(messages.get(at), "user")
                        && !typedIn(messages.get(at)).isEmpty())) {
            at--;
        }
        return at;
    }

    private static boolean isBy(JsonObject message, String role) {
        return message.text("role").equals(role);
    }

    /** Returns the typed text; empty for a message that has only tool results and reminders. */
    private static String typedIn(JsonObject message) {
        Stream<String> texts = message.value("content") instanceof String text
                ? Stream.of(text)
                : message.objects("content").stream()
                        .filter(block -> block.text("type").equals("text"))
                        .map(block -> block.text("text"));
        return texts.map(String::strip)
                .filter(text -> !text.startsWith(REMINDER))
                .collect(Collectors.joining("\n"));
    }
}
