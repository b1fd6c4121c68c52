package io.github.claudefleet.claude;

import io.github.claudefleet.spec.LocalTimes;
import java.time.Instant;
import java.util.Optional;

/**
 * Status of a login.
 *
 * @param kind kind of the status
 * @param detail raw message of the CLI or the file system, for people; empty if there is none
 * @param resetsAt time when an exhausted quota is available again, if the service reported it
 */
public record LoginStatus(Kind kind, String detail, Optional<Instant> resetsAt) {

    /** Kinds of login status, each with advice for a person. */
    public enum Kind {
        VALID("valid", "", false, false),
        ABSENT("no login", "Sign in once: mvn claude-fleet:auth in a terminal.", true, true),
        MALFORMED("the credentials file is damaged", "Sign in again: mvn claude-fleet:auth in a terminal.", true, true),
        EXPIRED("expired or revoked", "Sign in again: mvn claude-fleet:auth in a terminal.", true, true),
        REJECTED(
                "rejected by the service",
                "Check that the credential is right and still active; in mode login, sign in again.",
                true,
                false),
        OUT_OF_QUOTA(
                "out of quota (the login itself is fine)",
                "Wait for the reset (auth.whenOutOfQuota=wait does), or use another account: its limits are shared by"
                        + " all agents.",
                false,
                false),
        OUT_OF_CREDIT("out of credit", "Add credit to the account, or use another one.", false, false),
        FORBIDDEN("forbidden by the organisation", "Ask the organisation's administrator.", false, false),
        THROTTLED("throttled by the service for now", "Try again in a while.", false, true),
        UNREACHABLE(
                "the service can't be reached",
                "Check the network, the proxy and image.caBundle from inside the auth container.",
                false,
                true),
        TIMED_OUT(
                "the service did not answer in time",
                "Check the network and the proxy from inside the auth container.",
                false,
                true),
        WRONG_OWNER(
                "the credentials file belongs to another user",
                "Give it to the user that the containers run as (chown), or choose that user with"
                        + " -Dclaude-fleet.user=UID:GID.",
                false,
                false),
        CLI_MISSING(
                "the image has no claude command",
                "Use an image with the Claude Code CLI on its PATH, or leave image.name out for the bundled one.",
                false,
                false),
        CLI_TOO_OLD(
                "the Claude Code CLI in the image is too old",
                "Choose a newer one with image.claudeVersion, or a newer image.",
                false,
                false),
        OTHER_CREDENTIAL(
                "another credential than the chosen login would be used",
                "Take it away where it is from, or choose the auth.mode that it belongs to.",
                false,
                false),
        NO_PROVIDER_CREDENTIALS(
                "the provider's credentials are not there",
                "Bring them into the containers with mounts or environment (auth.mode provider).",
                false,
                false),
        IDENTITY_MISSING(
                "there is no identity token",
                "Have the CI system issue one for this job (GitHub: permissions id-token: write; GitLab: id_tokens), or"
                        + " name its file or variable (auth.file, auth.env).",
                false,
                false),
        IDENTITY_MALFORMED(
                "the identity token is no JSON web token",
                "Hand over the token alone, without quotes or JSON around it.",
                false,
                false),
        IDENTITY_EXPIRED(
                "the identity token has expired",
                "Have a new one issued right before the build, or use an origin that renews it; check this machine's"
                        + " clock.",
                false,
                false),
        WRONG_AUDIENCE(
                "the identity token is for another audience",
                "Request it for the rule's audience, or set auth.audience to the audience that the rule expects.",
                false,
                false),
        IDENTITY_USED(
                "the identity token was exchanged before, and works once",
                "Start the fleet with a new one; let nothing else exchange it.",
                false,
                false),
        RULE_REFUSED(
                "the federation rule refused the identity token",
                "Compare the token's claims (subject, issuer) with the rule, and look at the authentication events on"
                        + " the Workload identity page of the Claude Console.",
                false,
                false),
        LOCKED(
                "another process refreshes the login, or was cut off while it did",
                "It passes within a minute; if not, sign in again: mvn claude-fleet:auth in a terminal.",
                false,
                true),
        UNKNOWN("an answer that this version does not know", "Read the detail; try again.", false, true);

        private final String words;
        private final String next;
        private final boolean curedBySignIn;
        private final boolean mayHeal;

        Kind(String words, String next, boolean curedBySignIn, boolean mayHeal) {
            this.words = words;
            this.next = next;
            this.curedBySignIn = curedBySignIn;
            this.mayHeal = mayHeal;
        }

        /** Returns the status in words. */
        public String words() {
            return words;
        }

        /** Returns the advice for a person, a sentence. */
        public String next() {
            return next;
        }

        /** Checks whether a sign-in (mode {@code login}) is the remedy. */
        public boolean curedBySignIn() {
            return curedBySignIn;
        }

        /** Checks whether the service recognised the credential and refused it. */
        public boolean isRefusal() {
            return this == REJECTED || this == FORBIDDEN;
        }

        /** Checks whether the status can change without a change of the configuration. */
        public boolean mayHeal() {
            return mayHeal;
        }
    }

    /** Returns a status without a detail. */
    public static LoginStatus of(Kind kind) {
        return of(kind, "");
    }

    /** Returns a status with a detail. */
    public static LoginStatus of(Kind kind, String detail) {
        return new LoginStatus(kind, detail, Optional.empty());
    }

    public boolean isValid() {
        return kind == Kind.VALID;
    }

    /** Returns a copy with more detail. */
    public LoginStatus withDetail(String more) {
        return new LoginStatus(kind, detail.isEmpty() ? more : detail + "; " + more, resetsAt);
    }

    /** Returns a copy with the time of a quota's reset. */
    public LoginStatus withReset(Optional<Instant> time) {
        return new LoginStatus(kind, detail, time);
    }

    /** Returns the status for people, with its detail and the time of a reset. */
    public String text() {
        return text(Instant.now());
    }

    public String text(Instant now) {
        return kind.words()
                + (detail.isEmpty() ? "" : " (" + detail + ")")
                + resetsAt.map(time -> ", resets at " + LocalTimes.toText(time, now))
                        .orElse("");
    }
}
