package io.github.claudefleet.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.exception.DockerException;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates failures into the port's exceptions.
 *
 * @param address address of the engine, for the suggestions
 */
record ErrorTranslator(String address) {

    /**
     * Message of docker-java for a refused upgrade (attach and exec with standard input), which has no exception class.
     */
    private static final Pattern REFUSED_UPGRADE = Pattern.compile("Expected 101 .* got: HTTP/\\S+ (\\d{3}).*");

    private static final Pattern PODMANS_CONFLICT = Pattern.compile(
            "container state improper$|that name is already in use|network already exists$|volume is being used");

    private static final Pattern STATUS_PREFIX = Pattern.compile("^Status \\d+: ");

    /** Returns the exception to throw for a failed call. The port's own exceptions are returned unchanged. */
    RuntimeException translate(String call, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EngineException || cause instanceof InvalidSpecException) {
                return (RuntimeException) cause;
            }
            if (cause instanceof DockerException answered) {
                return answered(call, answered.getHttpStatus(), detail(answered), answered);
            }
            if (cause instanceof JsonProcessingException) {
                return new EngineException(Kind.FAILED, call, "the answer is not what a Docker Engine says", "", cause);
            }
            if (cause instanceof IOException io) {
                return input(call, io);
            }
        }
        return new EngineException(Kind.FAILED, call, words(innermost(failure)), "", failure);
    }

    /** Returns the exception for an error response. */
    static EngineException answered(String call, int status, String detail, Throwable cause) {
        return new EngineException(kind(status, detail), call, detail, suggestion(status, detail), cause);
    }

    /** Returns the engine's message from an exception of docker-java, which contains the whole JSON. */
    static String detail(DockerException exception) {
        String text = STATUS_PREFIX
                .matcher(String.valueOf(exception.getMessage()))
                .replaceFirst("")
                .strip();
        if (text.isEmpty()) {
            return "HTTP status " + exception.getHttpStatus();
        }
        try {
            return EngineJson.mapper()
                    .readTree(text)
                    .path("message")
                    .asText(text)
                    .strip();
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private EngineException input(String call, IOException cause) {
        Matcher refused = REFUSED_UPGRADE.matcher(String.valueOf(cause.getMessage()));
        if (refused.matches()) {
            int status = Integer.parseInt(refused.group(1));
            return answered(call, status, "the engine refused with HTTP status " + status, cause);
        }
        return new EngineException(
                Kind.UNREACHABLE,
                call,
                "no connection to the engine at " + address + " (" + words(cause) + ")",
                "See whether the engine runs (docker info), then run the goal again.",
                cause);
    }

    /** Maps a status. Docker answers 403 for a network that containers still use. */
    private static Kind kind(int status, String detail) {
        return switch (status) {
            case 404 -> Kind.NOT_FOUND;
            case 403, 409 -> Kind.CONFLICT;
            default -> kind(detail);
        };
    }

    /** Maps a message, as Podman answers with one status where Docker has several. */
    private static Kind kind(String detail) {
        if (detail.endsWith("network not found")) {
            return Kind.NOT_FOUND;
        }
        return PODMANS_CONFLICT.matcher(detail).find() ? Kind.CONFLICT : Kind.FAILED;
    }

    private static String suggestion(int status, String detail) {
        String lower = detail.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left")) {
            return "Free space on the engine's disk (docker system df shows what takes it).";
        }
        if (lower.contains("no such image")) {
            return "Build or pull the image first.";
        }
        if (lower.contains("bind source path does not exist")) {
            return "The directory must exist on the machine that the engine runs on, and be shared with it.";
        }
        if (lower.contains("is already in use by")) {
            return "Remove the container that has the name, or give the fleet another name.";
        }
        return "";
    }

    /** Returns the root cause, as docker-java wraps exceptions without a message of its own. */
    static Throwable innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    /** Returns the message of an exception, or its class name if it has none. */
    static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
