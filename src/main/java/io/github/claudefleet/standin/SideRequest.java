package io.github.claudefleet.standin;

/**
 * Distinguishes the CLI's own requests from those of a conversation (2.1.330, measured). A quota probe requests one
 * token. A title is requested as JSON with a schema and without tools. A conversation has neither property.
 */
final class SideRequest {
    private SideRequest() {}

    static boolean is(JsonObject body) {
        return body.number("max_tokens", 0) == 1
                || wantsSchema(body) && body.objects("tools").isEmpty();
    }

    private static boolean wantsSchema(JsonObject body) {
        return body.object("output_config").has("format") || body.has("output_format");
    }
}
