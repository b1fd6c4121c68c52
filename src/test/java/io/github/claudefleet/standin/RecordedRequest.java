package io.github.claudefleet.standin;

import java.util.Map;
import java.util.Optional;

/**
 * A request that the stand-in got, as it may be shown: with the name of its credential, never the credential.
 *
 * @param timeMillis when, in milliseconds since the epoch
 * @param client the address that it came from: which container asked
 * @param host the name by which the client asked, with the port if it was not the protocol's own
 * @param account whose credential it carried; empty if none, or none of ours
 * @param credential such as {@code access alice.3} or {@code none}
 * @param status the answer's HTTP status, 0 if it was left unanswered
 * @param note what the stand-in took the request for; may be empty
 */
public record RecordedRequest(
        long timeMillis,
        String client,
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
                .with("method", method)
                .with("host", host)
                .with("path", path)
                .with("account", account)
                .with("credential", credential)
                .with("status", status)
                .with("note", note);
    }
}
