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

    /** @throws InvalidSpecException if the mode needs a credential and there is none, or the other way round */
    public LoginSpec {
        if (mode.takesCredential() != credential.isPresent()) {
            throw new InvalidSpecException(
                    "auth.mode",
                    "is " + mode.value()
                            + (credential.isPresent()
                                    ? ", which takes neither a token nor a key"
                                    : ", for which there is neither a token nor a key"),
                    "Use token or apiKey with a credential, login or provider without one.");
        }
    }

    /**
     * Returns the default login: a person signs in, five minutes are enough, and a proof counts for fifteen.
     *
     * @param directory absolute path of the login directory
     */
    public static LoginSpec in(Path directory) {
        return new LoginSpec(
                LoginMode.LOGIN,
                directory,
                Optional.empty(),
                Sharing.LOGIN,
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                Quota.DEFAULT,
                SignInSpec.DEFAULT);
    }

    /** Returns a copy with another way of sharing. */
    public LoginSpec withSharing(Sharing other) {
        return with(mode, directory, credential, other, signIn);
    }

    /** Returns a copy with another login directory. */
    public LoginSpec withDirectory(Path other) {
        return with(mode, other, credential, sharing, signIn);
    }

    /** Returns a copy with another mode, and the credential that it takes. */
    public LoginSpec withMode(LoginMode other, Optional<Credential> otherCredential) {
        return with(other, directory, otherCredential, sharing, signIn);
    }

    /** Returns a copy with other settings of a sign-in. */
    public LoginSpec withSignIn(SignInSpec other) {
        return with(mode, directory, credential, sharing, other);
    }

    /** Returns a copy with another behaviour when the account's quota is used up. */
    public LoginSpec withQuota(Quota other) {
        return new LoginSpec(mode, directory, credential, sharing, timeout, pollInterval, remembered, other, signIn);
    }

    private LoginSpec with(
            LoginMode otherMode,
            Path otherDirectory,
            Optional<Credential> otherCredential,
            Sharing otherSharing,
            SignInSpec otherSignIn) {
        return new LoginSpec(
                otherMode,
                otherDirectory,
                otherCredential,
                otherSharing,
                timeout,
                pollInterval,
                remembered,
                quota,
                otherSignIn);
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
