package io.github.claudefleet.standin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Scripts of each account and of all accounts, and the default answer where none applies. */
final class Scripts {
    /** Account name that stands for all accounts. */
    static final String EVERYBODY = "*";

    private static final int QUOTED = 60;

    private final Map<String, List<Script>> byAccount = new ConcurrentHashMap<>();

    void put(String account, List<Script> scripts) {
        byAccount.put(account, List.copyOf(scripts));
    }

    void clear() {
        byAccount.clear();
    }

    /** Answers with the account's own script, else with one for all accounts, else with the one in the prompt. */
    Answer answer(String account, Conversation conversation) {
        return find(account, conversation)
                .map(script -> script.turn(conversation.turn()))
                .orElseGet(() -> Answer.text(unscripted(conversation.prompt())));
    }

    /** Response of the service to the prompt. */
    Behaviour behaviour(String account, Conversation conversation) {
        return find(account, conversation).map(Script::behaviour).orElse(Behaviour.OK);
    }

    private Optional<Script> find(String account, Conversation conversation) {
        return Stream.of(account, EVERYBODY)
                .flatMap(owner -> byAccount.getOrDefault(owner, List.of()).stream())
                .filter(script -> script.matches(conversation.prompt()))
                .findFirst()
                .or(() -> InlineScript.in(conversation.prompt()));
    }

    private static String unscripted(String prompt) {
        return prompt.contains("Say yes") ? "yes" : "The stand-in was asked: " + shortened(prompt);
    }

    private static String shortened(String prompt) {
        return Optional.of(prompt)
                .filter(text -> text.length() > QUOTED)
                .map(text -> text.substring(0, QUOTED) + "…")
                .orElse(prompt);
    }
}
