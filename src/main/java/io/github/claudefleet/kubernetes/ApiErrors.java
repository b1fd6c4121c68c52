package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Translates failures of calls to the API server into the port's exceptions.
 *
 * @param address address of the API server, for the messages
 * @param namespace namespace of the fleet, for the messages
 */
record ApiErrors(String address, String namespace) {

    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;

    /**
     * Makes a call.
     *
     * @param call operation and target, such as {@code create pod claude-fleet-shop-tester-1}
     */
    <T> T call(String call, Supplier<T> work) {
        try {
            return work.get();
        } catch (KubernetesClientException e) {
            throw translate(call, e);
        }
    }

    /** Returns the exception to throw for a failed call. */
    EngineException translate(String call, KubernetesClientException failure) {
        return failure.getCode() > 0 ? answered(call, failure) : unanswered(call, failure);
    }

    private EngineException answered(String call, KubernetesClientException failure) {
        String detail = Optional.ofNullable(failure.getStatus())
                .map(Status::getMessage)
                .filter(text -> !text.isBlank())
                .orElseGet(() -> "HTTP status " + failure.getCode());
        return new EngineException(
                kind(failure.getCode()), call, detail, suggestion(failure.getCode(), detail), failure);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_NOT_FOUND -> Kind.NOT_FOUND;
            case HttpURLConnection.HTTP_CONFLICT -> Kind.CONFLICT;
            case HttpURLConnection.HTTP_GATEWAY_TIMEOUT -> Kind.TIMED_OUT;
            default -> Kind.FAILED;
        };
    }

    private String suggestion(int status, String detail) {
        return switch (status) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "The cluster at " + address
                        + " does not know you: see whether kubectl get pods works, and sign in again.";
            case HttpURLConnection.HTTP_FORBIDDEN -> forbidden(detail);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                detail.startsWith("namespaces ") ? "Create the namespace " + namespace + ", or configure another." : "";
            case HttpURLConnection.HTTP_CONFLICT ->
                detail.contains("being deleted")
                        ? "Its predecessor is still ending: run the goal again in a minute."
                        : "";
            case UNPROCESSABLE -> "";
            case TOO_MANY_REQUESTS -> "The API server has too much to do: run the goal again in a minute.";
            default -> "";
        };
    }

    private String forbidden(String detail) {
        if (detail.contains("exceeded quota") || detail.contains("failed quota")) {
            return "Lower the limits or the number of agents, or have the quota of the namespace " + namespace
                    + " raised (kubectl describe quota shows it).";
        }
        if (detail.contains("being terminated")) {
            return "The namespace " + namespace + " is being deleted: configure another, or wait and create it again.";
        }
        return "Have somebody grant you that right in the namespace " + namespace + ".";
    }

    private EngineException unanswered(String call, KubernetesClientException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
                return new EngineException(
                        Kind.TIMED_OUT, call, "no answer from the API server at " + address, "", failure);
            }
            if (cause instanceof IOException io) {
                return new EngineException(
                        Kind.UNREACHABLE,
                        call,
                        "no connection to the API server at " + address + " (" + words(io) + ")",
                        "See whether the cluster answers (kubectl version), then run the goal again.",
                        failure);
            }
        }
        return new EngineException(Kind.FAILED, call, words(failure), "", failure);
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        if (message != null && !message.isBlank()) {
            return message;
        }
        if (failure instanceof ConnectException) {
            return "nothing answers there";
        }
        return failure instanceof IOException
                ? "the connection ended"
                : failure.getClass().getSimpleName();
    }
}
