package io.github.claudefleet.console;

import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;

/** Wording of a failure, with its next step if it has one. */
public final class ErrorText {

    private ErrorText() {}

    /** Returns the exception's message, followed by its suggestion. */
    public static String of(RuntimeException failure) {
        if (failure instanceof InvalidSpecException e) {
            return e.getMessage() + ". " + e.suggestion();
        } else if (failure instanceof EngineException e) {
            return withSuggestionOf(e, e.getMessage());
        } else if (failure instanceof ConvergeException e) {
            return withSuggestionOf(e.getCause(), e.getMessage());
        } else if (failure instanceof UncheckedIOException e) {
            return FileProblem.messageOf(e);
        }
        return failure instanceof InvalidPathException e ? FileProblem.messageOf(e) : failure.getMessage();
    }

    /** Appends the suggestion. After output of another program, such as a builder's, it gets a line of its own. */
    private static String withSuggestionOf(Throwable reason, String message) {
        String joint = message.contains("\n") ? "\n" : ". ";
        return reason instanceof EngineException e
                ? message + e.suggestion().map(text -> joint + text).orElse("")
                : message;
    }
}
