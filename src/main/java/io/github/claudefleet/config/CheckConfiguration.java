package io.github.claudefleet.config;

import io.github.claudefleet.spec.CheckPlace;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.Durations;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Configuration of {@code <check>}; plain text is the command. */
public class CheckConfiguration {

    private String command;
    private Integer rounds;
    private String timeout;
    private String where;
    private List<String> protect;

    /** Sets a plain command: {@code <check>mvn -q verify</check>}. */
    public void set(String text) {
        command = text;
    }

    /** Returns the check; empty if nothing is configured, as an empty element is a property without a value. */
    Optional<CheckSpec> toSpec() {
        boolean nothing = (command == null || command.isBlank())
                && rounds == null
                && timeout == null
                && where == null
                && protect == null;
        return nothing
                ? Optional.empty()
                : Optional.of(new CheckSpec(
                        command == null ? "" : command,
                        rounds == null ? 0 : rounds,
                        Optional.ofNullable(timeout).map(text -> Durations.parse("agent.check.timeout", text)),
                        where == null ? CheckPlace.AGENT : CheckPlace.of(where),
                        protect == null
                                ? List.of()
                                : protect.stream().filter(Objects::nonNull).toList()));
    }
}
