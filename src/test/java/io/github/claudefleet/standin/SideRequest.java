package io.github.claudefleet.standin;

/**
 * Tells the CLI's own requests from those of a conversation (2.1.330, measured): a probe of the quota wants one token,
 * and a title is wanted as JSON of a schema, without a tool in reach. A conversation has neither mark.
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
