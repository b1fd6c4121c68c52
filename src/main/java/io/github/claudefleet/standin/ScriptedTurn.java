package io.github.claudefleet.standin;

import java.time.Duration;
import java.util.List;

/**
 * Turn of the model in a script.
 *
 * @param faults refusals before it
 * @param delay time before it
 */
record ScriptedTurn(List<ScriptedFault> faults, Duration delay, Block block) {

    ScriptedTurn {
        faults = List.copyOf(faults);
    }

    static ScriptedTurn of(Block block) {
        return new ScriptedTurn(List.of(), Duration.ZERO, block);
    }

    /** Returns true if it is the model's structured answer. */
    boolean isStructuredAnswer() {
        return block instanceof Block.ToolUse tool && tool.name().equals(Conversation.STRUCTURED_OUTPUT);
    }

    boolean isText() {
        return block instanceof Block.Text;
    }
}
