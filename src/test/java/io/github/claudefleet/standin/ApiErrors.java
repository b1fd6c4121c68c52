package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.Map;

/** The refusals of the messages API, worded and headed as the real service's. */
final class ApiErrors {
    private ApiErrors() {}

    static Reply authentication() {
        return Reply.error(401, "authentication_error", "Invalid authentication credentials");
    }

    static Reply permission() {
        return Reply.error(
                403, "permission_error", "Your organization has disabled Claude subscription access for Claude Code");
    }

    static Reply credit() {
        return Reply.error(
                400,
                "invalid_request_error",
                "Your credit balance is too low to access the Anthropic API. "
                        + "Please go to Plans & Billing to upgrade or purchase credits.");
    }

    static Reply overloaded() {
        return Reply.error(529, "overloaded_error", "Overloaded");
    }

    static Reply server() {
        return Reply.error(500, "api_error", "Internal server error");
    }

    /** Too many requests at once: no quota headers, so the CLI takes it for passing. */
    static Reply throttled() {
        return Reply.error(429, "rate_limit_error", "This request would exceed the rate limit for your organization");
    }

    /**
     * The plan's quota is used up. The headers make the CLI say when it comes back.
     *
     * @param resetsAt seconds since the epoch, 0 for in an hour
     */
    static Reply quota(long resetsAt, Clock clock) {
        String reset = String.valueOf(resetsAt > 0 ? resetsAt : clock.millis() / 1000 + 3600);
        return Reply.error(429, "rate_limit_error", "This request would exceed your account's rate limit.")
                .withHeaders(Map.of(
                        "anthropic-ratelimit-unified-status", "rejected",
                        "anthropic-ratelimit-unified-reset", reset,
                        "anthropic-ratelimit-unified-representative-claim", "five_hour",
                        "anthropic-ratelimit-unified-5h-status", "rejected",
                        "anthropic-ratelimit-unified-5h-reset", reset,
                        "anthropic-ratelimit-unified-5h-utilization", "1.0"));
    }
}
