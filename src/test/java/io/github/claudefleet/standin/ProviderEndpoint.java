package io.github.claudefleet.standin;

import io.github.claudefleet.standin.Credential.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amazon Bedrock and Google Vertex, as far as the CLI needs them. Signatures are not checked. The account is the Vertex
 * project, or a prefix of Bedrock's path ({@code ANTHROPIC_BEDROCK_BASE_URL=http://HOST/bedrock/alice}), or the account
 * of an API key that Bedrock got as its bearer token.
 */
final class ProviderEndpoint implements Endpoint {
    private static final Pattern BEDROCK = Pattern.compile(
            "(?:/bedrock/(" + Credential.ACCOUNT_NAME + "))?/model/([^/]+)/invoke(-with-response-stream)?");
    private static final Pattern VERTEX = Pattern.compile("(?:/v1)?/projects/(" + Credential.ACCOUNT_NAME
            + ")/locations/[^/]+/publishers/anthropic/models/([^/:]+):(stream)?[rR]awPredict");

    private final Accounts accounts;
    private final MessagesEndpoint messages;

    ProviderEndpoint(Accounts accounts, MessagesEndpoint messages) {
        this.accounts = accounts;
        this.messages = messages;
    }

    static boolean isAskedFor(Request request) {
        return request.method().equals("POST")
                && (BEDROCK.matcher(request.path()).matches()
                        || VERTEX.matcher(request.path()).matches());
    }

    @Override
    public Reply answer(Request request) {
        Matcher bedrock = BEDROCK.matcher(request.path());
        if (bedrock.matches()) {
            Reply reply = answer(request, bedrock);
            return reply.status() == 200 ? framed(reply) : reply.withBody(awsError(reply));
        }
        Matcher vertex = VERTEX.matcher(request.path());
        if (!vertex.matches()) {
            throw new IllegalArgumentException("no service of a provider's: " + request.path());
        }
        Reply reply = answer(request, vertex);
        return reply.status() == 200 ? reply : reply.withBody(googleError(reply));
    }

    private Reply answer(Request request, Matcher path) {
        String named = path.group(1) == null ? request.credential().account() : path.group(1);
        if (named.isEmpty()) {
            return ApiErrors.permission();
        }
        Conversation conversation = Conversation.in(request).with(path.group(2), path.group(3) != null);
        return messages.answer(accounts.named(named), conversation).madeWith(new Credential(Kind.PROVIDER, named, 0));
    }

    private static Reply framed(Reply reply) {
        return reply.headers().getOrDefault("Content-Type", "").startsWith("text/event-stream")
                ? reply.withHeaders(Map.of("Content-Type", EventStream.CONTENT_TYPE))
                        .withBody(new String(EventStream.of(reply.body()), StandardCharsets.ISO_8859_1))
                : reply;
    }

    private static String awsError(Reply reply) {
        return reply.body().isEmpty() ? "" : Json.write(Map.of("message", messageOf(reply)));
    }

    private static String googleError(Reply reply) {
        return reply.body().isEmpty()
                ? ""
                : Json.write(Map.of("error", Map.of("code", reply.status(), "message", messageOf(reply))));
    }

    private static String messageOf(Reply reply) {
        return JsonObject.parse(reply.body()).object("error").text("message");
    }
}
