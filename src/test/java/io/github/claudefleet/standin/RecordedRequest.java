package io.github.claudefleet.standin;

import java.util.Map;
import java.util.Optional;

/**
 * Request that the stand-in received, safe to print: with the name of its credential, never the credential.
 *
 * @param timeMillis time of the request, in milliseconds since the epoch
 * @param client client's address; of agents behind a gateway, the gateway's
 * @param session the CLI's session, which identifies the process; empty if the client is not the CLI
 * @param host host name that the client requested, with the port if it was not the protocol's default
 * @param account owner of its credential; empty if it had none, or none of the stand-in's
 * @param credential such as {@code access alice.3} or {@code none}
 * @param status HTTP status of the answer, 0 if it was not answered
 * @param note stand-in's interpretation of the request; may be empty
 */
public record RecordedRequest(
        long timeMillis,
        String client,
        String session,
        String method,
        String host,
        String path,
        String account,
        String credential,
        int status,
        String note) {

    static RecordedRequest of(long timeMillis, Request request, Reply reply) {
        Credential used = Optional.ofNullable(reply.credential()).orElse(request.credential());
        return new RecordedRequest(
                timeMillis,
                request.client(),
                request.session(),
                request.method(),
                request.host(),
                request.path(),
                used.account(),
                used.label(),
                reply.status(),
                reply.note());
    }

    static RecordedRequest fromJson(JsonObject json) {
        return new RecordedRequest(
                json.number("timeMillis", 0),
                json.text("client"),
                json.text("session"),
                json.text("method"),
                json.text("host"),
                json.text("path"),
                json.text("account"),
                json.text("credential"),
                (int) json.number("status", 0),
                json.text("note"));
    }

    Map<String, Object> toJson() {
        return Json.object()
                .with("timeMillis", timeMillis)
                .with("client", client)
                .with("session", session)
                .with("method", method)
                .with("host", host)
                .with("path", path)
                .with("account", account)
                .with("credential", credential)
                .with("status", status)
                .with("note", note);
    }
}
