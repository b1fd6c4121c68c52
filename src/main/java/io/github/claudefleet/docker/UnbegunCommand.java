package io.github.claudefleet.docker;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecResult;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Command that the engine's runtime could not begin. Docker writes the reason where the command would have written its
 * output, so it could be mistaken for an answer. On a busy machine it happens with {@code read init-p: connection reset
 * by peer} (moby 40399, 42953; concourse 6180), and the next attempt works.
 */
final class UnbegunCommand {

    /** Docker's text, alone in the output. Exit code: 126 to 128, from the reason, or 255. */
    private static final Pattern REFUSAL = Pattern.compile(
            "OCI runtime exec failed: (?:exec failed: )?(?:unable to start container process: )?(\\V+)\\R?");

    /** Reasons that lie in the command or its container. Callers read their exit codes as a shell's. */
    private static final Pattern OWN_FAULT = Pattern.compile(
            "(?i)executable file not found|no such file or directory|permission denied|is a directory|exec format error"
                    + "|unable to find user|no matching entries");

    private UnbegunCommand() {}

    /** Returns the reason why the command did not begin; empty if it ran, or cannot run for a reason of its own. */
    static Optional<String> reason(ExecResult result) {
        if (result.exitCode() < 126 || !result.errors().isEmpty()) {
            return Optional.empty();
        }
        Matcher refusal = REFUSAL.matcher(result.output());
        return refusal.matches() && !OWN_FAULT.matcher(refusal.group(1)).find()
                ? Optional.of(refusal.group(1))
                : Optional.empty();
    }

    static EngineException failure(String call, String reason) {
        return new EngineException(
                Kind.FAILED,
                call,
                "the engine's runtime could not begin it: " + reason,
                "See whether the machine has free memory and processes (free -m; docker info), then run the goal again.",
                null);
    }
}
