package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The fleet's one login, with its time limits.
 *
 * @param mode way in which the fleet authenticates
 * @param directory absolute path of the login directory (mode {@code login})
 * @param credential token or key, with its origin; empty in the modes {@code login} and {@code provider}
 * @param sharing part of the CLI's state that agents share
 * @param timeout maximum time for the login, sign-in included
 * @param pollInterval time between two checks of the login
 * @param remembered time for which a login that a probe has proved needs no further probe
 * @param quota behaviour when the account's quota is used up
 * @param signIn settings of a person's sign-in (mode {@code login})
 */
public record LoginSpec(
        LoginMode mode,
        Path directory,
        Optional<Credential> credential,
        Sharing sharing,
        Duration timeout,
        Duration pollInterval,
        Duration remembered,
        Quota quota,
        SignInSpec signIn) {

    /** Returns a copy with another way of sharing. */
    public LoginSpec withSharing(Sharing other) {
        return new LoginSpec(mode, directory, credential, other, timeout, pollInterval, remembered, quota, signIn);
    }

    /** Returns true if the agents share one read-write directory for all of the CLI's state, login included. */
    public boolean sharesAll() {
        return mode == LoginMode.LOGIN && !sharing.separatesLogin();
    }

    /**
     * Returns a short hash that distinguishes the login directory from others without naming it; empty if there is
     * none.
     */
    public Optional<String> directoryHash() {
        return mode == LoginMode.LOGIN
                ? Optional.of(new Sha256().add(PathText.of(directory)).shortHex())
                : Optional.empty();
    }

    /**
     * Token or key.
     *
     * @param secret token or key itself
     * @param origin origin, for people: {@code environment variable X}, {@code server "y" in settings.xml}
     */
    public record Credential(Secret secret, String origin) {}

    /**
     * Behaviour when the account's quota is used up.
     *
     * @param when policy: wait or fail
     * @param timeout maximum time to wait
     */
    public record Quota(QuotaPolicy when, Duration timeout) {

        /** Behaviour if the pom configures none. */
        public static final Quota DEFAULT = new Quota(QuotaPolicy.FAIL, Duration.ofHours(6));
    }
}
