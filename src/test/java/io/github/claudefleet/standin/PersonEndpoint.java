package io.github.claudefleet.standin;

import io.github.claudefleet.standin.Credential.Kind;

/** Endpoint for the profile and the roles of the person behind a login. */
final class PersonEndpoint implements Endpoint {
    static final String PROFILE = "/api/oauth/profile";
    static final String ROLES = "/api/oauth/claude_cli/roles";

    private final Accounts accounts;

    PersonEndpoint(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Reply answer(Request request) {
        Credential credential = request.credential();
        if (!credential.is(Kind.ACCESS) || !accounts.named(credential.account()).accepts(credential)) {
            return ApiErrors.authentication();
        }
        Account account = accounts.named(credential.account());
        return Reply.json(200, request.path().equals(ROLES) ? roles(account) : profile(account));
    }

    private static Object profile(Account account) {
        return Json.object()
                .with(
                        "account",
                        Json.object()
                                .with("uuid", TokenReply.uuid("account", account))
                                .with("email", TokenReply.email(account))
                                .with("full_name", account.name())
                                .with("display_name", account.name())
                                .with("has_claude_max", true)
                                .with("has_claude_pro", false)
                                .with("created_at", "2025-01-01T00:00:00Z"))
                .with(
                        "organization",
                        Json.object()
                                .with("uuid", TokenReply.uuid("organization", account))
                                .with("name", account.name() + "'s fleet")
                                .with("organization_type", "claude_max")
                                .with("billing_type", "stripe_subscription")
                                .with("rate_limit_tier", "default_claude_max_5x")
                                .with("has_extra_usage_enabled", false)
                                .with("subscription_status", "active")
                                .with("subscription_created_at", "2025-01-01T00:00:00Z"));
    }

    private static Object roles(Account account) {
        return Json.object()
                .with("organization_uuid", TokenReply.uuid("organization", account))
                .with("organization_name", account.name() + "'s fleet")
                .with("organization_role", "admin")
                .with("workspace_uuid", null)
                .with("workspace_name", null)
                .with("workspace_role", null);
    }
}
