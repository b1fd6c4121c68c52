package io.github.claudefleet.claude;

import io.github.claudefleet.spec.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The CLI's result of a turn.
 *
 * @param subtype the CLI's word for how it went, such as {@code success} or {@code error_max_turns}
 * @param text the last words of the model, or what went wrong; may be empty
 * @param structured JSON, where an answer of a schema was asked for
 * @param cost as the CLI counts it
 * @param turns as the CLI counts them, without those of earlier results
 * @param apiTime how long the API took to answer in all
 * @param denials tools that were asked for and not allowed
 * @param fromModel whether the model was asked for it; the CLI answers some prompts that begin with a slash by itself
 * @param failure what the error says of the login and the service; empty where it is no error
 */
public record TurnResult(
        String subtype,
        String text,
        Optional<String> structured,
        Usd cost,
        TokenUsage tokens,
        int turns,
        Duration apiTime,
        List<String> denials,
        boolean fromModel,
        Optional<LoginStatus> failure) {

    public boolean isError() {
        return failure.isPresent();
    }
}
