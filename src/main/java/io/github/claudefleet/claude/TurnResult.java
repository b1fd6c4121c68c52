package io.github.claudefleet.claude;

import io.github.claudefleet.spec.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Result of a turn, as the CLI reports it.
 *
 * @param subtype kind of result in the CLI, such as {@code success} or {@code error_max_turns}
 * @param text last message of the model, or the error; may be empty
 * @param structured JSON, if an answer with a schema was requested
 * @param cost cost as the CLI counts it
 * @param turns turns as the CLI counts them, without those of earlier results
 * @param apiTime total time that the API took to answer
 * @param denials tools that were requested and not allowed
 * @param fromModel true if the model was called; the CLI answers some prompts that begin with a slash by itself
 * @param failure status of the login and the service according to the error; empty if there is no error
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
