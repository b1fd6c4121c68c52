package io.github.claudefleet.config;

import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.Exposure;
import io.github.claudefleet.spec.Federation;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.QuotaPolicy;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.SignInSpec;
import io.github.claudefleet.spec.Unattended;
import java.nio.file.Path;
import java.util.Optional;

/** Configuration of {@code <auth>}: the login of the fleet. */
public class AuthConfiguration {

    private String mode;
    private String directory;
    private String serverId;
    private String env;
    private String file;
    private String federationRule;
    private String organization;
    private String serviceAccount;
    private String workspace;
    private String audience;
    private String exposure;
    private String timeout;
    private String pollInterval;
    private String remember;
    private String whenOutOfQuota;
    private String quotaTimeout;
    private String unattended;
    private String signInTimeout;
    private String console;
    private String sso;
    private String email;
    private Secret code;

    void fillFrom(PropertySource properties) {
        mode = properties.or(mode, "auth.mode");
        directory = properties.or(directory, "auth.directory");
        serverId = properties.or(serverId, "auth.serverId");
        env = properties.or(env, "auth.env");
        file = properties.or(file, "auth.file");
        federationRule = properties.or(federationRule, "auth.federationRule");
        organization = properties.or(organization, "auth.organization");
        serviceAccount = properties.or(serviceAccount, "auth.serviceAccount");
        workspace = properties.or(workspace, "auth.workspace");
        audience = properties.or(audience, "auth.audience");
        exposure = properties.or(exposure, "auth.exposure");
        timeout = properties.or(timeout, "auth.timeout");
        pollInterval = properties.or(pollInterval, "auth.pollInterval");
        remember = properties.or(remember, "auth.remember");
        whenOutOfQuota = properties.or(whenOutOfQuota, "auth.whenOutOfQuota");
        quotaTimeout = properties.or(quotaTimeout, "auth.quotaTimeout");
        unattended = properties.or(unattended, "auth.unattended");
        signInTimeout = properties.or(signInTimeout, "auth.signInTimeout");
        console = properties.or(console, "auth.console");
        sso = properties.or(sso, "auth.sso");
        email = properties.or(email, "auth.email");
        code = properties.get("auth.code").map(AuthConfiguration::code).orElse(null);
    }

    /**
     * @param sharing value of the parameter {@code sharing}; null for the default
     * @param rehearsal true if no credential is read, because a rehearsal has its own
     */
    LoginSpec toSpec(ConfigurationContext configurationContext, String sharing, boolean rehearsal) {
        LoginMode configured = LoginMode.of(mode == null ? "login" : mode);
        // An exchange of tokens bills an API account, as a key does.
        LoginMode loginMode = rehearsal && configured == LoginMode.FEDERATION ? LoginMode.API_KEY : configured;
        LoginSpec standard = LoginSpec.in(directoryIn(configurationContext));
        return new LoginSpec(
                loginMode,
                standard.directory(),
                rehearsal ? LoginSpec.madeUp(loginMode) : credential(loginMode, configurationContext),
                rehearsal ? Optional.empty() : federation(loginMode, configurationContext),
                sharing == null ? Sharing.LOGIN : Sharing.of(sharing),
                exposure == null ? LoginSpec.exposureOf(loginMode) : Exposure.of(exposure),
                timeout == null ? standard.timeout() : Durations.parse("auth.timeout", timeout),
                pollInterval == null ? standard.pollInterval() : Durations.parse("auth.pollInterval", pollInterval),
                remember == null ? standard.remembered() : Durations.parse("auth.remember", remember),
                quota(),
                signIn(loginMode));
    }

    private LoginSpec.Quota quota() {
        LoginSpec.Quota standard = LoginSpec.Quota.DEFAULT;
        return new LoginSpec.Quota(
                whenOutOfQuota == null ? standard.when() : QuotaPolicy.of(whenOutOfQuota),
                quotaTimeout == null ? standard.timeout() : Durations.parse("auth.quotaTimeout", quotaTimeout));
    }

    private SignInSpec signIn(LoginMode loginMode) {
        if (code != null && loginMode != LoginMode.LOGIN) {
            throw new InvalidSpecException(
                    "auth.code",
                    "is of no use in mode " + loginMode.value() + ", in which nobody signs in",
                    "Leave it out, or set auth.mode to login.");
        }
        SignInSpec standard = SignInSpec.DEFAULT;
        return new SignInSpec(
                Flags.read("auth.console", console, standard.console()),
                Flags.read("auth.sso", sso, standard.sso()),
                Optional.ofNullable(email).filter(address -> !address.isBlank()),
                unattended == null ? standard.unattended() : Unattended.of(unattended),
                signInTimeout == null ? standard.timeout() : Durations.parse("auth.signInTimeout", signInTimeout),
                Optional.ofNullable(code));
    }

    /** Reads the code, which is valid once. It is not read from the pom, which would store and show it. */
    private static Secret code(String text) {
        if (text.isBlank()) {
            throw new InvalidSpecException("auth.code", "is empty", "Hand in the code that the sign-in page shows.");
        }
        return Secret.of(text);
    }

    private Path directoryIn(ConfigurationContext configurationContext) {
        if (directory == null) {
            return configurationContext
                    .home()
                    .require()
                    .resolve(".claude-fleet")
                    .resolve("login");
        }
        if (directory.isBlank()) {
            throw new InvalidSpecException(
                    "auth.directory", "is empty", "Name a directory for the login, or leave it out.");
        }
        return HostPaths.resolve(directory, configurationContext);
    }

    private Optional<Federation> federation(LoginMode loginMode, ConfigurationContext configurationContext) {
        if (loginMode != LoginMode.FEDERATION) {
            refuse(loginMode, "auth.federationRule", federationRule);
            refuse(loginMode, "auth.organization", organization);
            refuse(loginMode, "auth.serviceAccount", serviceAccount);
            refuse(loginMode, "auth.workspace", workspace);
            refuse(loginMode, "auth.audience", audience);
            return Optional.empty();
        }
        if (serverId != null) {
            throw new InvalidSpecException(
                    "auth.serverId",
                    "is of no use in mode federation, whose identity token no settings.xml has",
                    "Leave it out, or name the token's file or variable with auth.file or auth.env.");
        }
        FederationIds ids = new FederationIds(configurationContext.environment());
        String expected = Optional.ofNullable(audience).orElse(Federation.DEFAULT_AUDIENCE);
        return Optional.of(new Federation(
                ids.rule(federationRule),
                ids.organization(organization),
                ids.serviceAccount(serviceAccount),
                ids.workspace(workspace),
                expected,
                new IdentitySources(configurationContext).find(env, file, expected)));
    }

    private static void refuse(LoginMode loginMode, String parameter, String value) {
        if (value != null) {
            throw new InvalidSpecException(
                    parameter,
                    "is of no use in mode " + loginMode.value(),
                    "Leave it out, or set auth.mode to federation.");
        }
    }

    private Optional<LoginSpec.Credential> credential(LoginMode loginMode, ConfigurationContext configurationContext) {
        return loginMode.takesCredential()
                ? Optional.of(new CredentialSources(configurationContext).find(serverId, env, file, loginMode))
                : Optional.empty();
    }
}
