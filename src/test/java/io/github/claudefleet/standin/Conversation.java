package io.github.claudefleet.standin;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parsed content of a message request.
 *
 * @param prompt last text that the user typed, without the reminders that the CLI adds
 * @param turn number of turns that the model has taken since
 * @param side true if the CLI sends the request by itself, for a title or a quota probe
 */
record Conversation(String model, boolean streamed, String prompt, int turn, boolean side) {
    private static final String REMINDER = "<system-reminder>";

    static Conversation in(JsonObject body) {
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
                SideRequest.is(body));
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
