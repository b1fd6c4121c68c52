package io.github.claudefleet.standin;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the made-up model does about a prompt.
 *
 * @param match found in the prompt for the script to apply
 * @param turns what it says or does, turn by turn; {@code done} when they are used up
 * @param inputTokens what each turn is said to cost
 * @param delayMillis how long it thinks before each turn
 * @param behaviour how the service treats the prompt, where the account itself is treated well
 */
record Script(
        Pattern match, List<Block> turns, long inputTokens, long outputTokens, long delayMillis, Behaviour behaviour) {
    private static final Block CLOSING = new Block.Text("done");
    private static final long TOKENS = 10;

    Script {
        turns = List.copyOf(turns);
    }

    static Script of(Pattern match, List<Block> turns) {
        return new Script(match, turns, TOKENS, TOKENS, 0, Behaviour.OK);
    }

    /** @throws IllegalArgumentException if the regex is none (says where), or a turn has neither text nor tool */
    static Script fromJson(JsonObject json) {
        JsonObject cost = json.object("costTokens");
        return new Script(
                Pattern.compile(json.text("match"), Pattern.DOTALL),
                json.objects("turns").stream().map(Script::blockIn).toList(),
                cost.number("in", TOKENS),
                cost.number("out", TOKENS),
                json.number("delayMillis", 0),
                Behaviour.ofMessages(json.text("behaviour", "ok")));
    }

    boolean matches(String prompt) {
        return match.matcher(prompt).find();
    }

    Answer turn(int number) {
        Block block = number < turns.size() ? turns.get(number) : CLOSING;
        return new Answer(block, inputTokens, outputTokens, delayMillis);
    }

    private static Block blockIn(JsonObject turn) {
        if (turn.has("tool")) {
            return new Block.ToolUse(turn.text("tool"), turn.object("input").members());
        }
        if (turn.has("text")) {
            return new Block.Text(turn.text("text"));
        }
        throw new IllegalArgumentException("a turn needs a 'text' or a 'tool': " + Json.write(turn.members()));
    }
}
