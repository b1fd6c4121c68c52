package io.github.claudefleet.standin;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a message request says.
 *
 * @param prompt the last thing that the user typed, without the reminders that the CLI adds
 * @param turn how many turns the model has already taken since
 * @param side whether the CLI asks on its own account, for a title or a probe of the quota
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

    /** What was typed; empty for a message of tool results and reminders alone. */
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
