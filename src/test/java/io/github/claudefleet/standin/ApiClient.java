package io.github.claudefleet.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Sends the requests of the CLI to a stand-in. */
final class ApiClient {
    private final URI address;
    private final HttpClient http;

    ApiClient(URI address, HttpClient http) {
        this.address = address;
        this.http = http;
    }

    ApiClient(URI address) {
        this(address, HttpClient.newHttpClient());
    }

    /** Sends a prompt in one message; the answer is not streamed. */
    HttpResponse<String> prompt(String bearer, String prompt) throws IOException, InterruptedException {
        return http.send(promptRequest(bearer, prompt, Duration.ofSeconds(20)), BodyHandlers.ofString());
    }

    HttpRequest promptRequest(String bearer, String prompt, Duration patience) {
        Object message = Json.object().with("role", "user").with("content", prompt);
        Object body = Json.object().with("model", "m").with("max_tokens", 100).with("messages", List.of(message));
        return request("/v1/messages?beta=true", bearer)
                .timeout(patience)
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build();
    }

    HttpResponse<String> get(String path, String bearer) throws IOException, InterruptedException {
        return http.send(request(path, bearer).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = request(path, "")
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> redeem(String code, String verifier) throws IOException, InterruptedException {
        return post(
                "/v1/oauth/token",
                Json.object()
                        .with("grant_type", "authorization_code")
                        .with("code", code)
                        .with("code_verifier", verifier));
    }

    HttpResponse<String> refresh(String token) throws IOException, InterruptedException {
        return post(
                "/v1/oauth/token",
                Json.object().with("grant_type", "refresh_token").with("refresh_token", token));
    }

    HttpClient http() {
        return http;
    }

    private HttpRequest.Builder request(String path, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
    }
}
