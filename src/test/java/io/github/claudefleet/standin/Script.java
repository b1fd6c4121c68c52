package io.github.claudefleet.standin;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Scripted reaction of the simulated model to a prompt.
 *
 * @param match pattern that is searched in the prompt; the script applies if it is found
 * @param turns content of each turn; {@code done} after the last
 * @param inputTokens reported input tokens of each turn
 * @param delayMillis delay before each turn, in milliseconds
 * @param behaviour response of the service to the prompt, used if the account's own behaviour is {@code ok}
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

    /**
     * @throws IllegalArgumentException if the regex is invalid (the message has the position), or a turn has neither
     *     text nor tool
     */
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
