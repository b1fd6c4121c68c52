package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The fleet's one login, with its time limits.
 *
 * @param mode way in which the fleet authenticates
 * @param directory absolute path of the login directory (mode {@code login})
 * @param credential token or key, with its origin; empty in the other modes
 * @param federation rule and identity of the exchange (mode {@code federation})
 * @param sharing part of the CLI's state that agents share
 * @param exposure place of the credential, for agents with a gateway
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
        Optional<Federation> federation,
        Sharing sharing,
        Exposure exposure,
        Duration timeout,
        Duration pollInterval,
        Duration remembered,
        Quota quota,
        SignInSpec signIn) {

    /** Directory below the login directory for the login without its refresh token. */
    private static final String FOR_AGENTS = "for-agents";

    /** @throws InvalidSpecException if the mode needs a credential and there is none, or the other way round */
    public LoginSpec {
        if ((mode == LoginMode.FEDERATION) != federation.isPresent()) {
            throw new InvalidSpecException(
                    "auth.mode",
                    "is " + mode.value()
                            + (federation.isPresent()
                                    ? ", which takes no federation rule"
                                    : ", for which there is no federation rule"),
                    "Use federation with auth.federationRule and auth.organization, another mode without them.");
        }
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
                Optional.empty(),
                Sharing.LOGIN,
                exposureOf(LoginMode.LOGIN),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                Quota.DEFAULT,
                SignInSpec.DEFAULT);
    }

    /** Returns a copy with another way of sharing. */
    public LoginSpec withSharing(Sharing other) {
        return with(mode, directory, credential, federation, other, exposure, signIn);
    }

    /** Returns a copy with another login directory. */
    public LoginSpec withDirectory(Path other) {
        return with(mode, other, credential, federation, sharing, exposure, signIn);
    }

    /** Returns a copy with another mode, and the credential that it takes. */
    public LoginSpec withMode(LoginMode other, Optional<Credential> otherCredential) {
        return with(other, directory, otherCredential, Optional.empty(), sharing, exposureOf(other), signIn);
    }

    /** Returns a copy with mode {@code federation}. */
    public LoginSpec withFederation(Federation other) {
        return with(
                LoginMode.FEDERATION,
                directory,
                Optional.empty(),
                Optional.of(other),
                sharing,
                exposureOf(LoginMode.FEDERATION),
                signIn);
    }

    /** Returns a copy with other settings of a sign-in. */
    public LoginSpec withSignIn(SignInSpec other) {
        return with(mode, directory, credential, federation, sharing, exposure, other);
    }

    /** Returns a copy with another behaviour when the account's quota is used up. */
    public LoginSpec withQuota(Quota other) {
        return new LoginSpec(
                mode,
                directory,
                credential,
                federation,
                sharing,
                exposure,
                timeout,
                pollInterval,
                remembered,
                other,
                signIn);
    }

    /**
     * Returns a copy for a rehearsal, which has a made-up credential and no directory. With a key, the CLI waits for a
     * quota by itself; with a login or a token, it reports the end of the plan's quota.
     */
    LoginSpec rehearsed() {
        LoginMode madeUp = mode == LoginMode.API_KEY ? LoginMode.API_KEY : LoginMode.TOKEN;
        return with(madeUp, directory, madeUp(madeUp), Optional.empty(), Sharing.LOGIN, exposure, SignInSpec.DEFAULT);
    }

    /**
     * Returns the made-up credential of a rehearsal, which the stand-in takes and the real service refuses; empty in a
     * mode that takes none.
     */
    public static Optional<Credential> madeUp(LoginMode mode) {
        String secret =
                mode == LoginMode.API_KEY ? "sk-ant-api03-standin.rehearsal" : "sk-ant-oat01-standin.rehearsal.setup";
        return Optional.of(new Credential(Secret.of(secret), "the rehearsal")).filter(made -> mode.takesCredential());
    }

    private LoginSpec with(
            LoginMode otherMode,
            Path otherDirectory,
            Optional<Credential> otherCredential,
            Optional<Federation> otherFederation,
            Sharing otherSharing,
            Exposure otherExposure,
            SignInSpec otherSignIn) {
        return new LoginSpec(
                otherMode,
                otherDirectory,
                otherCredential,
                otherFederation,
                otherSharing,
                otherExposure,
                timeout,
                pollInterval,
                remembered,
                quota,
                otherSignIn);
    }

    /** Returns a copy with another place of the credential. */
    public LoginSpec withExposure(Exposure other) {
        return with(mode, directory, credential, federation, sharing, other, signIn);
    }

    /**
     * Returns the exposure in a mode if the pom configures none. Anthropic's terms let a tool hold an API key or the
     * token of a service account, but not a person's login.
     */
    public static Exposure exposureOf(LoginMode mode) {
        return mode == LoginMode.API_KEY || mode == LoginMode.FEDERATION ? Exposure.GATEWAY : Exposure.AGENT;
    }

    /** Returns true if containers have a volume in memory for the credential: a token, a key or an access token. */
    public boolean hasSecrets() {
        return credential.isPresent() || federation.isPresent();
    }

    /** Returns true if a keeper renews the credential. */
    public boolean isRenewed() {
        return mode == LoginMode.LOGIN || mode == LoginMode.FEDERATION;
    }

    /** Returns true if the agents share one read-write directory for all of the CLI's state, login included. */
    public boolean sharesAll() {
        return mode == LoginMode.LOGIN && !sharing.separatesLogin();
    }

    /**
     * Returns the only directory of the login that agents see. The keeper writes the login without its refresh token
     * there. If agents share everything, it is the login directory itself.
     */
    public Path directoryForAgents() {
        return sharesAll() ? directory : directory.resolve(FOR_AGENTS);
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
