package io.github.claudefleet.standin;

import java.util.Map;

/**
 * One turn of the simulated model.
 *
 * @param inputTokens reported input tokens of the request; the CLI computes dollars from them
 * @param delayMillis delay before the answer, in milliseconds
 */
record Answer(Block block, long inputTokens, long outputTokens, long delayMillis) {
    private static final long TOKENS = 10;

    static Answer text(String text) {
        return of(new Block.Text(text));
    }

    static Answer of(Block block) {
        return new Answer(block, TOKENS, TOKENS, 0);
    }

    String stopReason() {
        return block instanceof Block.ToolUse ? "tool_use" : "end_turn";
    }

    Map<String, Object> usage() {
        return Json.object()
                .with("input_tokens", inputTokens)
                .with("cache_creation_input_tokens", 0)
                .with("cache_read_input_tokens", 0)
                .with("output_tokens", outputTokens);
    }
}
