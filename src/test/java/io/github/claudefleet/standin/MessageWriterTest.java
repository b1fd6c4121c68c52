package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageWriterTest {
    private static final Answer YES = Answer.text("yes");
    private static final Answer BASH = Answer.of(new Block.ToolUse("Bash", Map.of("command", "true")));

    @Test
    void aStreamHasTheSixEvents() {
        assertEquals(
                List.of(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop"),
                data(YES).stream().map(event -> event.text("type")).toList());
    }

    @Test
    void anEventIsNamedTwiceAndEndsWithABlankLine() {
        String last = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        String events = new MessageWriter("m", YES).events();
        assertEquals(last, events.substring(events.length() - last.length()));
    }

    @Test
    void textIsStreamedIntoAnEmptyBlock() {
        assertEquals("", data(YES).get(1).object("content_block").text("text"));
        assertEquals("yes", data(YES).get(2).object("delta").text("text"));
        assertEquals("end_turn", data(YES).get(4).object("delta").text("stop_reason"));
    }

    @Test
    void aToolsInputIsStreamedAsJsonText() {
        assertEquals("Bash", data(BASH).get(1).object("content_block").text("name"));
        assertEquals("{\"command\":\"true\"}", data(BASH).get(2).object("delta").text("partial_json"));
        assertEquals("tool_use", data(BASH).get(4).object("delta").text("stop_reason"));
    }

    @Test
    void aMessageInOnePieceHasItsBlockWhole() {
        JsonObject message = new JsonObject(new MessageWriter("m", BASH).message());
        assertEquals(
                Map.of("command", "true"),
                message.objects("content").get(0).object("input").members());
        assertEquals("tool_use", message.text("stop_reason"));
        assertEquals(10, message.object("usage").number("output_tokens", 0));
    }

    private static List<JsonObject> data(Answer answer) {
        return new MessageWriter("m", answer)
                .events()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JsonObject.parse(line.substring("data: ".length())))
                .toList();
    }
}
