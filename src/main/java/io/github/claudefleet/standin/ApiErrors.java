package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.Map;

/** Refusals of the messages API, with the texts and headers of the real service. */
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

    /** Refusal for too many requests at once. It has no quota headers, so the CLI regards it as temporary. */
    static Reply throttled() {
        return Reply.error(429, "rate_limit_error", "This request would exceed the rate limit for your organization");
    }

    /**
     * Refusal for a used-up quota of the plan. The headers make the CLI print the time of the reset.
     *
     * @param resetsAt seconds since the epoch, 0 for one hour from now
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
