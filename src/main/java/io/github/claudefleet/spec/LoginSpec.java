package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The fleet's one login and how long to wait for it.
 *
 * @param mode how the fleet proves who it is
 * @param directory where the login is kept, an absolute path (mode {@code login})
 * @param credential where a token or key is from and itself; empty in mode {@code login}
 * @param sharing how much agents have in common
 * @param timeout how long the login may take, sign-in included
 * @param pollInterval how long to wait between two looks at the login
 * @param remembered how long a login that was proved by a request needs no further proof
 * @param quota what to do when the account's quota is used up
 * @param signIn how a person signs in (mode {@code login})
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

    /** The same with another way of sharing. */
    public LoginSpec withSharing(Sharing other) {
        return new LoginSpec(mode, directory, credential, other, timeout, pollInterval, remembered, quota, signIn);
    }

    /** What tells the login directory from others without naming it, a short hash; empty where there is none. */
    public Optional<String> directoryHash() {
        return mode == LoginMode.LOGIN
                ? Optional.of(new Sha256().add(PathText.of(directory)).shortHex())
                : Optional.empty();
    }

    /**
     * A token or key.
     *
     * @param secret itself
     * @param origin where it is from, for people: {@code environment variable X}, {@code server "y" in settings.xml}
     */
    public record Credential(Secret secret, String origin) {}

    /**
     * What to do when the account's quota is used up.
     *
     * @param when whether to wait for it
     * @param timeout how long at most
     */
    public record Quota(QuotaPolicy when, Duration timeout) {

        /** What is done where nothing is said. */
        public static final Quota DEFAULT = new Quota(QuotaPolicy.FAIL, Duration.ofHours(6));
    }
}
