package io.github.claudefleet.standin;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Model of a rehearsal, which answers as the agents' scripts say. Thread-safe. */
final class RehearsalModel implements Endpoint {
    /** Answer after the last step of a script. */
    static final String DONE = "REHEARSAL: done";

    private static final String ACCOUNT = "rehearsal";
    private static final int QUOTED = 60;

    private final AgentScripts scripts;
    private final Clock clock;
    private final MessageReplies replies;
    /** Number of refusals so far, by the task with its round, turn and fault. */
    private final Map<List<Object>, Integer> refused = new HashMap<>();

    private Instant quotaAgainAt = Instant.EPOCH;

    RehearsalModel(AgentScripts scripts, Clock clock) {
        this.scripts = scripts;
        this.clock = clock;
        this.replies = new MessageReplies(clock);
    }

    @Override
    public Reply answer(Request request) {
        if (!request.credential().account().equals(ACCOUNT)) {
            return ApiErrors.authentication();
        }
        if (request.path().endsWith("/count_tokens")) {
            return Reply.json(200, Json.object().with("input_tokens", 0));
        }
        Conversation conversation = Conversation.in(request);
        Behaviour behaviour = conversation.side() ? Behaviour.OK : behaviour(conversation);
        return replies.reply(behaviour, conversation, () -> answer(conversation));
    }

    private synchronized Behaviour behaviour(Conversation conversation) {
        List<ScriptedTurn> turns = turnsOf(conversation);
        int number = conversation.turn();
        List<ScriptedFault> faults = number < turns.size() ? turns.get(number).faults() : List.of();
        Sender sender = conversation.sender();
        for (int i = 0; i < faults.size() && !isOutOfQuota(); i++) {
            ScriptedFault fault = faults.get(i);
            int before = refused.merge(List.of(sender, number, i), 1, Integer::sum) - 1;
            if (before < fault.times()) {
                if (fault.quota().isEmpty()) {
                    return fault.behaviour();
                }
                quotaAgainAt = clock.instant().plus(fault.quota().get());
            }
        }
        return isOutOfQuota() ? Behaviour.quota(quotaAgainAt.getEpochSecond() + 1) : Behaviour.OK;
    }

    private boolean isOutOfQuota() {
        return clock.instant().isBefore(quotaAgainAt);
    }

    private Answer answer(Conversation conversation) {
        List<ScriptedTurn> turns = turnsOf(conversation);
        int number = conversation.turn();
        ScriptedTurn turn = number < turns.size() ? turns.get(number) : ScriptedTurn.of(new Block.Text(DONE));
        return new Answer(turn.block(), 0, 0, turn.delay().toMillis());
    }

    /** Returns the script's turns; after them, an answer with the schema if the CLI needs one, and a text. */
    private List<ScriptedTurn> turnsOf(Conversation conversation) {
        Optional<ScriptedCase> part = scripts.caseOf(conversation.sender());
        List<ScriptedTurn> turns = new ArrayList<>(part.map(ScriptedCase::turns).orElse(List.of()));
        boolean structured = turns.stream().anyMatch(ScriptedTurn::isStructuredAnswer);
        if (conversation.schema().isPresent() && !structured) {
            Object sample = SampleValue.of(conversation.schema().get());
            JsonObject.of(sample)
                    .map(value -> new Block.ToolUse(Conversation.STRUCTURED_OUTPUT, value.members()))
                    .ifPresent(answer -> turns.add(endOf(turns), ScriptedTurn.of(answer)));
        }
        if (part.isEmpty()) {
            turns.add(ScriptedTurn.of(new Block.Text(unscripted(conversation))));
        }
        return turns;
    }

    /** Returns the place before a text at the end, with which the model's turns are over. */
    private static int endOf(List<ScriptedTurn> turns) {
        boolean text = !turns.isEmpty() && turns.get(turns.size() - 1).isText();
        return text ? turns.size() - 1 : turns.size();
    }

    private static String unscripted(Conversation conversation) {
        if (conversation.sender().equals(Sender.NOBODY)) {
            return conversation.prompt().contains("Say yes") ? "yes" : DONE;
        }
        String first = conversation.prompt().lines().findFirst().orElse("");
        return "REHEARSAL: there is no script for " + conversation.sender().task()
                + ", so nothing was done. It begins: "
                + (first.length() > QUOTED ? first.substring(0, QUOTED) + "…" : first);
    }
}
