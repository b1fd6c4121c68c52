package io.github.claudefleet.standin;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes an answer in both forms of the messages API: one JSON message, or the six events of a stream. */
final class MessageWriter {
    private final String model;
    private final Answer answer;
    private final String id = "standin_" + UUID.randomUUID().toString().replace("-", "");

    MessageWriter(String model, Answer answer) {
        this.model = model;
        this.answer = answer;
    }

    Map<String, Object> message() {
        return message(List.of(wholeBlock()), answer.stopReason());
    }

    /** Returns the body of a {@code text/event-stream} answer. */
    String events() {
        return event("message_start", Json.object().with("message", message(List.of(), null)))
                + event("content_block_start", Json.object().with("index", 0).with("content_block", emptyBlock()))
                + event("content_block_delta", Json.object().with("index", 0).with("delta", delta()))
                + event("content_block_stop", Json.object().with("index", 0))
                + event(
                        "message_delta",
                        Json.object()
                                .with(
                                        "delta",
                                        Json.object()
                                                .with("stop_reason", answer.stopReason())
                                                .with("stop_sequence", null))
                                .with("usage", answer.usage()))
                + event("message_stop", Json.object());
    }

    private Map<String, Object> message(List<Object> content, String stopReason) {
        return Json.object()
                .with("id", "msg_" + id)
                .with("type", "message")
                .with("role", "assistant")
                .with("model", model)
                .with("content", content)
                .with("stop_reason", stopReason)
                .with("stop_sequence", null)
                .with("usage", answer.usage());
    }

    private Map<String, Object> wholeBlock() {
        return answer.block() instanceof Block.ToolUse tool ? toolUse(tool, tool.input()) : text(spoken());
    }

    private Map<String, Object> emptyBlock() {
        return answer.block() instanceof Block.ToolUse tool ? toolUse(tool, Map.of()) : text("");
    }

    private Map<String, Object> delta() {
        return answer.block() instanceof Block.ToolUse tool
                ? Json.object().with("type", "input_json_delta").with("partial_json", Json.write(tool.input()))
                : Json.object().with("type", "text_delta").with("text", spoken());
    }

    private String spoken() {
        return ((Block.Text) answer.block()).text();
    }

    private Map<String, Object> toolUse(Block.ToolUse tool, Map<String, Object> input) {
        return Json.object()
                .with("type", "tool_use")
                .with("id", "toolu_" + id)
                .with("name", tool.name())
                .with("input", input);
    }

    private static Map<String, Object> text(String text) {
        return Json.object().with("type", "text").with("text", text);
    }

    private static String event(String type, Map<String, Object> members) {
        Map<String, Object> data = Json.object().with("type", type);
        data.putAll(members);
        return "event: " + type + "\ndata: " + Json.write(data) + "\n\n";
    }
}
